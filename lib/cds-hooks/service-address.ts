import { type OwnOrigins, withoutOwnOrigin } from '#lib/address/own-origins.ts';
import { absoluteAddress } from '#lib/smart/app-address.ts';

/**
 * The discovery endpoint of CDS services, from what an administrator typed: the endpoint or its base URL, with or
 * without trailing slashes. An address at our `own` origins becomes a path, so that it survives a change of origin.
 * @see https://cds-hooks.hl7.org/2.0/#discovery
 */
export function discoveryAddress(given: string, own: OwnOrigins): string {
  const bare = given.trim().replace(/\/+$/, '');
  const endpoint = /\/cds-services$/.test(bare) ? bare : `${bare}/cds-services`;
  return withoutOwnOrigin(endpoint, own);
}

/** The URL at which a service is called: its id below the discovery endpoint, at our `own` origins where that is a path. */
export function serviceEndpoint(
  { discoveryUrl, serviceId }: { discoveryUrl: string; serviceId: string },
  own: OwnOrigins,
): string {
  return `${absoluteAddress(discoveryUrl, own)}/${serviceId}`;
}
