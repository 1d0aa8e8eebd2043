import { absoluteAddress } from '#lib/smart/app-address.ts';

/**
 * The discovery endpoint for an address that may be the endpoint itself or its base URL, without a trailing slash. An
 * address at our own `origin` becomes a path, so that it survives a change of origin.
 * @see https://cds-hooks.hl7.org/2.0/#discovery
 */
export function discoveryAddress(given: string, origin: string): string {
  const bare = given.trim().replace(/\/+$/, '');
  const endpoint = /\/cds-services$/.test(bare) ? bare : `${bare}/cds-services`;
  return endpoint.startsWith(`${origin}/`) ? endpoint.slice(origin.length) : endpoint;
}

/** URL at which a service is called. */
export function serviceEndpoint(
  { discoveryUrl, serviceId }: { discoveryUrl: string; serviceId: string },
  origin: string,
): string {
  return `${absoluteAddress(discoveryUrl, origin)}/${serviceId}`;
}
