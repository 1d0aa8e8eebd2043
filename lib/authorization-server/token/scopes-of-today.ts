import { errors, type KoaContextWithOIDC, type RefreshToken } from 'oidc-provider';
import type { SandboxMember } from '#lib/data/member/sandbox-member.ts';
import { textParameter } from '#lib/smart/launch/context.ts';
import { narrowToRegistration, narrowToSubject } from '#lib/smart/scope/narrow-scopes.ts';
import type { SmartClient } from '../client/metadata.ts';
import { stateOf } from '../request/request-state.ts';

/**
 * The part of a granted `scope` that the app's registration and the user's role permit now: both may have become
 * narrower since the user allowed it. Scopes that were lost return when they are permitted again.
 */
export function scopesOfToday(ctx: KoaContextWithOIDC, scope: string, { role }: SandboxMember): string[] {
  const { grantContext = {} } = stateOf(ctx);
  const patient = textParameter(grantContext, 'patient');
  const encounter = textParameter(grantContext, 'encounter');
  const registered = narrowToRegistration(scope, (ctx.oidc.client as SmartClient).registered_scope);
  return narrowToSubject(registered, { role, patient, encounter });
}

/**
 * Refuses a refresh of an app that may not keep its access, before its refresh token is used up.
 * @throws InvalidGrant when the app is no longer registered for offline_access or online_access
 */
export function refuseUnregistered(ctx: KoaContextWithOIDC, { scope = '' }: RefreshToken, member: SandboxMember): void {
  const today = scopesOfToday(ctx, scope, member);
  if (today.includes('offline_access') || today.includes('online_access')) return;
  throw new errors.InvalidGrant('the app is not registered any more for the scope by which it could refresh');
}
