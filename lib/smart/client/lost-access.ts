import { isDeepStrictEqual } from 'node:util';
import { covers } from '../scope/narrow-scopes.ts';
import { parseScopes } from '../scope/scope.ts';
import type { ClientType } from './choices.ts';

/** The parts of a registration on which access rests. */
export interface AccessRegistration {
  enabled: boolean;
  type: ClientType;
  scope: string;
  jwksUri: string | null;
  jwks: unknown;
  clientSecretHash: string | null;
}

/**
 * What an app loses of the access that it was given, when its registration changes:
 * - `everything`: it is disabled;
 * - `grants`: it proves who it is in another way. What was given to a public app must not pass to whoever holds it now
 *   that the app has keys. It may go on managing its registration;
 * - `tokens`: its secret, its keys or their address were replaced, or it lost scopes. Whoever has the old keys cannot
 *   refresh, and what was issued to them ends; the app itself refreshes.
 */
export type LostAccess = 'everything' | 'grants' | 'tokens';

/** What a change of a registration takes away; undefined for nothing. */
export function lostAccess(before: AccessRegistration, after: AccessRegistration): LostAccess | undefined {
  if (before.enabled && !after.enabled) return 'everything';
  if (before.type !== after.type) return 'grants';
  const registered = parseScopes(after.scope);
  const losesScopes = parseScopes(before.scope).some((scope) => !covers(registered, scope));
  return losesScopes || !isDeepStrictEqual(proofOf(before), proofOf(after)) ? 'tokens' : undefined;
}

function proofOf({ jwksUri, jwks, clientSecretHash }: AccessRegistration): unknown[] {
  return [jwksUri, jwks, clientSecretHash];
}
