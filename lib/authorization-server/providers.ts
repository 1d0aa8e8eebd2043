import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { Issuer } from '#lib/data/sandbox/issuers.ts';
import { env } from '#lib/env.ts';
import { makeProvider } from './provider.ts';

interface Running {
  provider: Provider;
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** How many sandboxes keep their provider between requests; making one takes a few milliseconds. */
const maxProviders = 50;

const running = new Map<string, Promise<Running>>();

/**
 * The provider of a sandbox, made on first use and again after its settings changed, by whichever process; the one that
 * was asked for longest ago makes room.
 */
export async function providerOf(sandbox: Issuer): Promise<Running> {
  const key = `${env().origin}/${sandbox.slug} ${sandbox.id} ${sandbox.settingsVersion}`;
  const entry = running.get(key) ?? start(key, sandbox);
  running.delete(key);
  running.set(key, entry);
  const [oldest] = running.keys();
  if (running.size > maxProviders && oldest) running.delete(oldest);
  return entry;
}

/** One that could not be made is forgotten, so that the next request tries again. */
function start(key: string, sandbox: Issuer) {
  const entry = run(sandbox);
  entry.catch(() => running.delete(key));
  return entry;
}

async function run(sandbox: Issuer): Promise<Running> {
  const provider = await makeProvider(sandbox);
  return { provider, handle: provider.callback() as Running['handle'] };
}
