import type { KoaContextWithOIDC } from 'oidc-provider';
import { stateOf } from '../request/request-state.ts';
import { contextResponse } from './context-response.ts';
import { introspection } from './introspection.ts';

/**
 * Koa middleware around the provider: the launch context arrives with the token, at the code's exchange and at every
 * refresh, and introspection tells it too. What OAuth itself puts into a response is never overwritten.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#launch-context-arrives-with-your-access_token
 */
export async function tellContext(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  const route = ctx.oidc?.route;
  if (route === 'token') {
    // HTTP/1.0 caches know no Cache-Control.
    ctx.set('Pragma', 'no-cache');
    addContext(ctx, contextOf(ctx));
  }
  // oidc-provider has only asked who the caller is.
  if (route === 'introspection' && ctx.status === 200) ctx.body = await introspect(ctx);
}

/** Clients that prove who they are may learn about any token, as resource servers do; others about their own. */
function introspect(ctx: KoaContextWithOIDC): Promise<Record<string, unknown>> {
  const { client, params } = ctx.oidc;
  const { clientId = '', tokenEndpointAuthMethod = 'none' } = client ?? {};
  const caller = { clientId, ofAnyClient: tokenEndpointAuthMethod !== 'none' };
  return introspection(stateOf(ctx).sandbox, String(params?.token), caller);
}

function addContext(ctx: KoaContextWithOIDC, context: Record<string, unknown>): void {
  if (ctx.status === 200 && typeof ctx.body === 'object') ctx.body = { ...context, ...ctx.body };
}

/** The context of a user's grant. */
function contextOf(ctx: KoaContextWithOIDC): Record<string, unknown> {
  const { grantContext = {}, sandbox } = stateOf(ctx);
  return ctx.oidc.grant ? contextResponse(sandbox, grantContext) : {};
}
