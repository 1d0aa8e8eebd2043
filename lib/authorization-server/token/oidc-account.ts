import { errors, type KoaContextWithOIDC, type Account as OidcAccount, type RefreshToken } from 'oidc-provider';
import type { SandboxMember } from '#lib/data/member/sandbox-member.ts';
import { isLiveSession } from '#lib/data/session/find-session.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { memberOf } from '../request/member.ts';
import { stateOf } from '../request/request-state.ts';
import { refuseUnregistered } from './scopes-of-today.ts';
import { refuseTakenAway } from './taken-away.ts';

/**
 * The identity scopes and the claims that each grants; `profile` is also how older SMART apps find the user's resource.
 */
export const identityClaims = {
  openid: ['sub'],
  fhirUser: ['fhirUser', 'profile'],
  profile: ['profile', 'fhirUser', 'name', 'preferred_username'],
};

/**
 * The account of a user for oidc-provider: their id and claims; undefined for somebody who is not a member.
 * @param token the token for which the user is looked up, if any
 * @throws InvalidGrant for a token about a patient who is no longer the user's, for a code sent to a redirect URI that the
 * app has no longer, for a refresh with `online_access` after the session at the EHR has ended, or by an app that is no
 * longer registered for a scope to refresh with
 */
export async function findOidcAccount(
  ctx: KoaContextWithOIDC,
  userId: string,
  token?: object,
): Promise<OidcAccount | undefined> {
  const member = await memberOf(ctx, userId);
  if (!member) return undefined;
  if (token) refuseTakenAway(ctx, member, token);
  if (token instanceof ctx.oidc.provider.RefreshToken) {
    refuseUnregistered(ctx, token, member);
    await refuseAfterSession(userId, token);
  }
  const fhirUser = absoluteFhirUser(ctx, member);
  return {
    accountId: userId,
    claims: () => ({
      sub: userId,
      name: member.name,
      preferred_username: member.username,
      fhirUser,
      profile: fhirUser,
    }),
  };
}

/** @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#scopes-for-requesting-a-refresh-token */
async function refuseAfterSession(userId: string, token: RefreshToken): Promise<void> {
  if (token.scopes.has('offline_access')) return;
  if (await isLiveSession(token.sessionUid ?? '', userId, new Date())) return;
  throw new errors.InvalidGrant('the session that online_access belongs to has ended: start the app again');
}

/**
 * The absolute URL of the resource that stands for the user.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#scopes-for-requesting-identity-data
 */
function absoluteFhirUser(ctx: KoaContextWithOIDC, { fhirUser }: SandboxMember): string | undefined {
  return fhirUser ? `${fhirBaseOf(stateOf(ctx).sandbox.slug)}/${fhirUser}` : undefined;
}
