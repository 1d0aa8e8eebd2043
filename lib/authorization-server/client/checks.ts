import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { ownOrigins } from '#lib/env.ts';
import { isOriginOf } from '#lib/smart/client/origins.ts';
import type { SmartClient } from './metadata.ts';

/** An assertion may be valid for five minutes at most; the extra seconds allow for clients whose clocks are fast. */
const maxAssertionSeconds = 5 * 60 + 30;

/** Tells whether a page at `origin` may call the token endpoints for `client`. */
export function permitsOrigin(client: Client, origin: string): boolean {
  const { redirectUris = [], registered_origins: origins } = client as SmartClient;
  return isOriginOf({ redirectUris, origins }, origin, ownOrigins());
}

/**
 * Enforces SMART's rules for a client's assertion beyond RFC 7523: it must be short-lived, and its subject must be the
 * client itself.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/client-confidential-asymmetric.html#authenticating-to-the-token-endpoint
 */
export function checkAssertion(
  _: KoaContextWithOIDC,
  claims: Record<string, unknown>,
  __: Record<string, unknown>,
  client: Client,
): void {
  const now = Math.floor(Date.now() / 1000);
  if (typeof claims.exp !== 'number' || claims.exp > now + maxAssertionSeconds) {
    throw new errors.InvalidClientAuth('exp of the client_assertion must be at most five minutes ahead');
  }
  if (claims.sub !== client.clientId)
    throw new errors.InvalidClientAuth('sub of the client_assertion must be the client_id');
}
