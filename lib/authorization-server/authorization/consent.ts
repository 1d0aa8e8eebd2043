import type { KoaContextWithOIDC } from 'oidc-provider';
import { findConsent } from '#lib/data/token/consents.ts';
import { ownOrigins } from '#lib/env.ts';
import { allowedBefore, isSureOfApp } from '#lib/smart/consent.ts';
import type { SmartClient } from '../client/metadata.ts';
import { stateOf } from '../request/request-state.ts';
import type { Authorization } from './authorization.ts';
import { choicesOf } from './choices.ts';

/**
 * The scopes that the app gets: those that the user has just allowed, all for a trusted app, or those of a remembered
 * consent. Undefined when the user must still be asked.
 */
export async function consentedScopes(
  ctx: KoaContextWithOIDC,
  { member, scopes }: Authorization,
): Promise<string[] | undefined> {
  const answer = choicesOf(ctx).consent;
  if (answer) return scopes.filter((scope) => answer.scopes.includes(scope));
  if (ctx.oidc.promptPending('consent')) return undefined;
  const client = ctx.oidc.client as SmartClient;
  if (client.skip_consent) return scopes;
  const app = { public: isPublic(client), redirectUri: String(ctx.oidc.params?.redirect_uri) };
  if (!isSureOfApp(app, ownOrigins())) return undefined;
  const key = { sandboxId: stateOf(ctx).sandbox.id, userId: member.userId, clientId: client.clientId };
  const remembered = await findConsent(key);
  return remembered?.sameRegistration ? allowedBefore(scopes, remembered) : undefined;
}

function isPublic(client: SmartClient): boolean {
  return client.clientAuthMethod === 'none';
}
