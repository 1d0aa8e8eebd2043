import { randomBytes } from 'node:crypto';
import { errors, type interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { fhirBaseOf } from '#lib/env.ts';
import { tokenResponseContext } from '#lib/smart/launch-context.ts';
import { type Authorization, authorizationOf } from './authorization.ts';
import { choicesOf } from './choices.ts';
import type { SmartClient } from './client-metadata.ts';
import { stateOf } from './request-state.ts';
import { identityClaims } from './smart-accounts.ts';

/** Scopes that oidc-provider itself acts on. */
export const oidcScopes = [...Object.keys(identityClaims), 'offline_access', 'online_access'];

/**
 * Answers oidc-provider's question for the grant of a request: a new one as soon as the user has nothing left to say,
 * none before. A grant serves one authorization, so that every opened app keeps its own context; the login session
 * only remembers the last of them.
 */
export function grantWhenSettled(login: interactionPolicy.Prompt) {
  return async (ctx: KoaContextWithOIDC) => {
    const userId = ctx.oidc.session?.accountId;
    if (!userId || (await requestsPrompt(ctx, login))) return undefined;
    const authorization = await authorizationOf(ctx, userId);
    if (authorization.missing || needsConsent(ctx)) return undefined;
    return makeGrant(ctx, authorization);
  };
}

async function requestsPrompt(ctx: KoaContextWithOIDC, prompt: interactionPolicy.Prompt): Promise<boolean> {
  for (const { check } of prompt.checks) {
    if (await check(ctx)) return true;
  }
  return false;
}

/** Whether the user must still be asked: trusted apps are not asked for, unless the app itself wants it. */
function needsConsent(ctx: KoaContextWithOIDC): boolean {
  if (choicesOf(ctx).consent) return false;
  return ctx.oidc.promptPending('consent') || !(ctx.oidc.client as SmartClient).skip_consent;
}

async function makeGrant(ctx: KoaContextWithOIDC, { account, launch, parameters, scopes }: Authorization) {
  const { client, provider } = ctx.oidc;
  if (!client) throw new errors.InvalidClient('client is invalid');
  const allowed = choicesOf(ctx).consent?.scopes;
  const granted = allowed ? scopes.filter((scope) => allowed.includes(scope)) : scopes;
  if (granted.length === 0) throw new errors.AccessDenied('Nothing of what the app asked for was allowed.');
  const { sandbox, writes } = stateOf(ctx);
  const grant = new provider.Grant({ accountId: account.userId, clientId: client.clientId });
  grant.jti = randomBytes(32).toString('base64url');
  grant.addOIDCScope(granted.filter((scope) => oidcScopes.includes(scope)));
  grant.addResourceScope(fhirBaseOf(sandbox.slug), granted);
  writes.keepContext({
    ...{ grantId: grant.jti, sandboxId: sandbox.id, clientId: client.clientId, userId: account.userId },
    launchId: launch?.launchId,
    context: tokenResponseContext(parameters),
  });
  await grant.save();
  return grant;
}
