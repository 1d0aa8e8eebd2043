import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { isWebOrigin, webOrigin } from '#lib/address/web-address.ts';
import { absoluteAddress } from '../app-address.ts';

/** The registered addresses that tell where a client's pages are. */
export interface ClientAddresses {
  redirectUris: readonly string[];
  /** Origins beside those of the redirect URIs. */
  origins: readonly string[];
}

/**
 * Tells whether a page belongs to a client, by the `origin` that its browser sends. Origins are compared character by
 * character: another scheme, port or subdomain is another origin. `null`, which browsers send for a page without an
 * origin, is no client's, and a native app's scheme has no origin.
 * @param own this server's, where registered paths lie
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#considerations-for-cross-origin-resource-sharing-cors-support
 */
export function isOriginOf({ redirectUris, origins }: ClientAddresses, origin: string, own: OwnOrigins): boolean {
  if (!isWebOrigin(origin)) return false;
  return origins.includes(origin) || redirectUris.some((uri) => webOrigin(absoluteAddress(uri, own)) === origin);
}
