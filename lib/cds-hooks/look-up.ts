import { registerCdsServices } from '#lib/data/cds/services.ts';
import type { Sandbox } from '#lib/data/sandbox/sandboxes.ts';
import { ownOrigins } from '#lib/env.ts';
import { absoluteAddress } from '#lib/smart/app-address.ts';
import { callEndpoint, ServiceError } from './call.ts';
import { type Discovery, readDiscovery } from './discovery.ts';

/** Result of registering services: the names of those registered, and one sentence per unusable one. */
export interface LookedUp {
  registered: string[];
  problems: string[];
}

/**
 * Fetches a discovery endpoint and registers the services it lists. New ones are switched off and may see nothing until an
 * administrator says so, and known ones get nothing more than they have.
 */
export async function registerFrom(sandbox: Sandbox, discoveryUrl: string): Promise<LookedUp | { problem: string }> {
  try {
    const found = readDiscovery(await callEndpoint(sandbox, absoluteAddress(discoveryUrl, ownOrigins()), undefined));
    return 'problem' in found ? found : await register(sandbox, discoveryUrl, found);
  } catch (thrown) {
    if (thrown instanceof ServiceError) return { problem: thrown.message };
    throw thrown;
  }
}

async function register(sandbox: Sandbox, discoveryUrl: string, found: Discovery): Promise<LookedUp> {
  const services = found.services.map((service) => ({ ...service, discoveryUrl }));
  await registerCdsServices(sandbox.id, services);
  return { registered: services.map(({ title, hook }) => `${title} (${hook})`), problems: found.problems };
}
