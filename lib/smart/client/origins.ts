import { absoluteAddress } from '../app-address.ts';

/** What a client registered of where its pages are. */
export interface ClientAddresses {
  redirectUris: readonly string[];
  /** Origins beside those of the redirect URIs. */
  origins: readonly string[];
}

/**
 * Whether a page at `origin`, as a browser's Origin header names it, belongs to a client. Compared character by
 * character: another scheme, port or subdomain is another origin. The `null` of a page without one is nobody's, and a
 * native app's scheme has none.
 * @param ownOrigin this server's, at which addresses that are paths lie
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#considerations-for-cross-origin-resource-sharing-cors-support
 */
export function isOriginOf({ redirectUris, origins }: ClientAddresses, origin: string, ownOrigin: string): boolean {
  if (!/^https?:\/\//.test(origin)) return false;
  return origins.includes(origin) || redirectUris.some((uri) => originOf(uri, ownOrigin) === origin);
}

function originOf(uri: string, ownOrigin: string): string | undefined {
  const address = absoluteAddress(uri, ownOrigin);
  return URL.canParse(address) ? new URL(address).origin : undefined;
}
