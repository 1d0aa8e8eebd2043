import type { KoaContextWithOIDC, Account as OidcAccount } from 'oidc-provider';
import { type Account, findAccount } from '#lib/data/accounts.ts';
import { fhirBaseOf } from './fhir-base.ts';
import { stateOf } from './request-state.ts';

/** The scopes about identity and the claims that each opens; `profile` names the user in apps of the first generation. */
export const identityClaims = {
  openid: ['sub'],
  fhirUser: ['fhirUser', 'profile'],
  profile: ['profile', 'fhirUser', 'name', 'preferred_username'],
};

/** The member of this request's sandbox with `userId`, looked up once per request. */
export function accountOf(ctx: KoaContextWithOIDC, userId: string): Promise<Account | undefined> {
  const { accounts, sandbox } = stateOf(ctx);
  const found = accounts.get(userId) ?? findAccount(sandbox.id, userId);
  accounts.set(userId, found);
  return found;
}

/** oidc-provider's view of a user: their id and the claims about them; none for somebody who is no member. */
export async function findOidcAccount(ctx: KoaContextWithOIDC, userId: string): Promise<OidcAccount | undefined> {
  const account = await accountOf(ctx, userId);
  if (!account) return undefined;
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

/**
 * The absolute URL of the resource that stands for the user.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#scopes-for-requesting-identity-data
 */
export function absoluteFhirUser(ctx: KoaContextWithOIDC, { fhirUser }: Account): string | undefined {
  return fhirUser ? `${fhirBaseOf(stateOf(ctx).sandbox.slug)}/${fhirUser}` : undefined;
}
