import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { outsideTransaction } from '#lib/data/database/ambient.ts';
import { connection } from '#lib/data/database/database.ts';
import type { Issuer } from '#lib/data/sandbox/issuers.ts';
import { env } from '#lib/env.ts';
import { makeProvider } from './provider.ts';

interface Running {
  provider: Provider;
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** The number of sandboxes whose provider is kept between requests; making one takes a few milliseconds. */
const maxProviders = 50;

/**
 * The providers by the database whose keys and secrets they hold: after connecting to another one, a process starts
 * afresh.
 */
const running = new WeakMap<object, Map<string, Promise<Running>>>();

/**
 * The provider of a sandbox, made on first use and again after any process has changed its settings. When there are too
 * many, the least recently used one is dropped.
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

/** Makes a provider and stores it; one that fails is forgotten, so that the next request tries again. */
function start(providers: Map<string, Promise<Running>>, key: string, sandbox: Issuer) {
  // Other requests wait for it too, so it must not end with the client of the first.
  const entry = outsideTransaction(() => run(sandbox));
  entry.catch(() => providers.delete(key));
  return entry;
}

async function run(sandbox: Issuer): Promise<Running> {
  const provider = await makeProvider(sandbox);
  return { provider, handle: provider.callback() as Running['handle'] };
}
