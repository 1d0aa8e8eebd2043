import { errors, type KoaContextWithOIDC, type Account as OidcAccount, type RefreshToken } from 'oidc-provider';
import type { Account } from '#lib/data/member/accounts.ts';
import { isLoginSession } from '#lib/data/token/login-sessions.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { accountOf } from '../request/account.ts';
import { stateOf } from '../request/request-state.ts';
import { refuseUnregistered } from './scopes-of-today.ts';

/** The scopes about identity and the claims that each opens; `profile` names the user in apps of the first generation. */
export const identityClaims = {
  openid: ['sub'],
  fhirUser: ['fhirUser', 'profile'],
  profile: ['profile', 'fhirUser', 'name', 'preferred_username'],
};

/**
 * oidc-provider's view of a user: their id and the claims about them; none for somebody who is no member.
 * @param token what the user is looked up for, when an app comes with it
 * @throws InvalidGrant for a refresh with `online_access` after the login session has ended, or with a scope that the
 * app is not registered for any more
 */
export async function findOidcAccount(
  ctx: KoaContextWithOIDC,
  userId: string,
  token?: object,
): Promise<OidcAccount | undefined> {
  const account = await accountOf(ctx, userId);
  if (!account) return undefined;
  if (token instanceof ctx.oidc.provider.RefreshToken) {
    refuseUnregistered(ctx, token, account);
    await refuseAfterSession(ctx, userId, token);
  }
  const fhirUser = absoluteFhirUser(ctx, account);
  return {
    accountId: userId,
    claims: () => ({
      sub: userId,
      name: account.name,
      preferred_username: account.username,
      ...(fhirUser ? { fhirUser, profile: fhirUser } : {}),
    }),
  };
}

/** @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#scopes-for-requesting-a-refresh-token */
async function refuseAfterSession(ctx: KoaContextWithOIDC, userId: string, token: RefreshToken): Promise<void> {
  if (token.scopes.has('offline_access')) return;
  const { sandbox } = stateOf(ctx);
  if (await isLoginSession(sandbox.id, token.sessionUid ?? '', userId, new Date())) return;
  throw new errors.InvalidGrant('the session that online_access belongs to has ended: start the app again');
}

/**
 * The absolute URL of the resource that stands for the user.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#scopes-for-requesting-identity-data
 */
function absoluteFhirUser(ctx: KoaContextWithOIDC, { fhirUser }: Account): string | undefined {
  return fhirUser ? `${fhirBaseOf(stateOf(ctx).sandbox.slug)}/${fhirUser}` : undefined;
}
