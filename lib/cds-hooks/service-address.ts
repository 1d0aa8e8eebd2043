import { absoluteAddress } from '#lib/smart/app-address.ts';

/**
 * The discovery endpoint of CDS services, from what an administrator typed: the endpoint or its base URL, with or
 * without trailing slashes. An address at our own `origin` becomes a path, so that it survives a change of origin.
 * @see https://cds-hooks.hl7.org/2.0/#discovery
 */
export function discoveryAddress(given: string, origin: string): string {
  const bare = given.trim().replace(/\/+$/, '');
  const endpoint = /\/cds-services$/.test(bare) ? bare : `${bare}/cds-services`;
  return endpoint.startsWith(`${origin}/`) ? endpoint.slice(origin.length) : endpoint;
}

/** The URL at which a service is called: its id below the discovery endpoint, at `origin` where that is a path. */
export function serviceEndpoint(
  { discoveryUrl, serviceId }: { discoveryUrl: string; serviceId: string },
  origin: string,
): string {
  return `${absoluteAddress(discoveryUrl, origin)}/${serviceId}`;
}
