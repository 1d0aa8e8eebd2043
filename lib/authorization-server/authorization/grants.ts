import { randomBytes } from 'node:crypto';
import { errors, type interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { fhirBaseOf } from '#lib/env.ts';
import { consentedParameters } from '#lib/smart/launch/consented-parameters.ts';
import { toGrantContext } from '#lib/smart/launch/context.ts';
import { stateOf } from '../request/request-state.ts';
import { identityClaims } from '../token/oidc-account.ts';
import { type Authorization, authorizationOf } from './authorization.ts';
import { consentedScopes } from './consent.ts';

/** The error description for an app whose user allowed none of its scopes. */
export const nothingAllowed = 'The user allowed nothing of what the app asked for.';

/** Scopes that mean something to oidc-provider itself. */
export const oidcScopes = [...Object.keys(identityClaims), 'offline_access', 'online_access'];

/**
 * Makes the hook in which oidc-provider looks for the grant of a request. It answers a new grant once the user has
 * nothing left to decide, and none before that. Each authorization has a grant of its own, so that every opened app
 * keeps its own context.
 * @param identity the prompts that settle who the user is
 */
export function grantWhenSettled(identity: interactionPolicy.Prompt[]) {
  return async (ctx: KoaContextWithOIDC) => {
    const userId = ctx.oidc.session?.accountId;
    if (!userId || (await requestsPrompt(ctx, identity))) return undefined;
    const authorization = await authorizationOf(ctx, userId);
    if (authorization.missing) return undefined;
    const granted = await consentedScopes(ctx, authorization);
    return granted && makeGrant(ctx, authorization, granted);
  };
}

async function requestsPrompt(ctx: KoaContextWithOIDC, prompts: interactionPolicy.Prompt[]): Promise<boolean> {
  for (const { check } of prompts.flatMap(({ checks }) => checks)) {
    if (await check(ctx)) return true;
  }
  return false;
}

async function makeGrant(ctx: KoaContextWithOIDC, authorization: Authorization, granted: string[]) {
  const { member, launch, parameters, scopes } = authorization;
  const { client, provider } = ctx.oidc;
  if (!client) throw new errors.InvalidClient('client is invalid');
  if (granted.length === 0) throw new errors.AccessDenied(nothingAllowed);
  const { sandbox, writes } = stateOf(ctx);
  const grant = new provider.Grant({ accountId: member.userId, clientId: client.clientId });
  grant.jti = randomBytes(32).toString('base64url');
  grant.addOIDCScope(granted.filter((scope) => oidcScopes.includes(scope)));
  grant.addResourceScope(fhirBaseOf(sandbox.slug), granted);
  writes.keepNewGrant({
    grantId: grant.jti,
    sandboxId: sandbox.id,
    clientId: client.clientId,
    userId: member.userId,
    launchHash: launch?.launchHash,
    context: toGrantContext(consentedParameters(parameters, scopes, granted)),
    member,
  });
  await grant.save();
  // The role may have narrowed a scope, so the code must carry the scopes as they were granted.
  if (ctx.oidc.params) ctx.oidc.params.scope = granted.join(' ');
  return grant;
}
