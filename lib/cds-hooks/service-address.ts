import { absoluteAddress } from '#lib/smart/app-address.ts';

/**
 * The discovery endpoint that somebody means by it or by its base URL, without a slash at the end. What is at our own
 * `origin` becomes a path.
 * @see https://cds-hooks.hl7.org/2.0/#discovery
 */
export function discoveryAddress(given: string, origin: string): string {
  const bare = given.trim().replace(/\/+$/, '');
  const endpoint = /\/cds-services$/.test(bare) ? bare : `${bare}/cds-services`;
  return endpoint.startsWith(`${origin}/`) ? endpoint.slice(origin.length) : endpoint;
}

/** Where a service is called. */
export function serviceEndpoint(
  { discoveryUrl, serviceId }: { discoveryUrl: string; serviceId: string },
  origin: string,
): string {
  return `${absoluteAddress(discoveryUrl, origin)}/${serviceId}`;
}
