import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { Sandbox } from '#lib/data/sandboxes.ts';
import { env } from '#lib/env.ts';
import { makeProvider } from './provider.ts';

interface Running {
  provider: Provider;
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** So many sandboxes are answered without making their provider anew; making one takes a few milliseconds. */
const most = 50;
/** After so long a provider is made anew, so that keys which another process rotated come into use here. */
const renewal = 5 * 60 * 1000;

const running = new Map<string, { made: number; running: Promise<Running> }>();

/** The provider of a sandbox, made on first use; the one that was asked for longest ago makes room. */
export async function providerOf(sandbox: Sandbox): Promise<Running> {
  const key = `${env().origin}/${sandbox.slug} ${sandbox.id}`;
  const known = running.get(key);
  const entry = known && Date.now() - known.made < renewal ? known : start(key, sandbox);
  running.delete(key);
  running.set(key, entry);
  const [oldest] = running.keys();
  if (running.size > most && oldest) running.delete(oldest);
  return entry.running;
}

/** One that could not be made is forgotten, so that the next request tries again. */
function start(key: string, sandbox: Sandbox) {
  const entry = { made: Date.now(), running: run(sandbox) };
  entry.running.catch(() => running.delete(key));
  return entry;
}

async function run(sandbox: Sandbox): Promise<Running> {
  const provider = await makeProvider(sandbox);
  return { provider, handle: provider.callback() as Running['handle'] };
}
