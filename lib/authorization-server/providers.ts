import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { connection } from '#lib/data/database/database.ts';
import type { Issuer } from '#lib/data/sandbox/issuers.ts';
import { env } from '#lib/env.ts';
import { makeProvider } from './provider.ts';

interface Running {
  provider: Provider;
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** How many sandboxes keep their provider between requests; making one takes a few milliseconds. */
const maxProviders = 50;

/** By the database whose keys and secrets they hold: a process that connects to another one begins anew. */
const running = new WeakMap<object, Map<string, Promise<Running>>>();

/**
 * The provider of a sandbox, made on first use and again after its settings changed, by whichever process; the one that
 * was asked for longest ago makes room.
 */
export async function providerOf(sandbox: Issuer): Promise<Running> {
  const key = `${env().origin}/${sandbox.slug} ${sandbox.id} ${sandbox.settingsVersion}`;
  const providers = running.get(connection()) ?? new Map<string, Promise<Running>>();
  running.set(connection(), providers);
  const entry = providers.get(key) ?? start(providers, key, sandbox);
  providers.delete(key);
  providers.set(key, entry);
  const [oldest] = providers.keys();
  if (providers.size > maxProviders && oldest) providers.delete(oldest);
  return entry;
}

/** One that could not be made is forgotten, so that the next request tries again. */
function start(providers: Map<string, Promise<Running>>, key: string, sandbox: Issuer) {
  const entry = run(sandbox);
  entry.catch(() => providers.delete(key));
  return entry;
}

async function run(sandbox: Issuer): Promise<Running> {
  const provider = await makeProvider(sandbox);
  return { provider, handle: provider.callback() as Running['handle'] };
}
