import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { SandboxMember } from '#lib/data/member/sandbox-member.ts';
import { textParameter } from '#lib/smart/launch/context.ts';
import { mayBeAbout } from '#lib/smart/permission/member-permission.ts';
import { stateOf } from '../request/request-state.ts';

/**
 * Refuses a code or token that rests on something that was taken away after it was issued. Changing what it rests on
 * ends it too, but not one that another request was issuing at that moment.
 * @throws InvalidGrant for a code that was sent to a redirect URI which the app has no longer, and for a grant about a
 * patient for whom the user may not act any more
 */
export function refuseTakenAway(ctx: KoaContextWithOIDC, member: SandboxMember, token: object): void {
  const { client, provider } = ctx.oidc;
  if (token instanceof provider.AuthorizationCode && !client?.redirectUriAllowed(token.redirectUri ?? '')) {
    throw new errors.InvalidGrant('the app has no longer the redirect URI to which the code was sent');
  }
  const patient = textParameter(stateOf(ctx).grantContext ?? {}, 'patient');
  if (mayBeAbout(member, patient)) return;
  throw new errors.InvalidGrant('the user may not act for this patient any more');
}
