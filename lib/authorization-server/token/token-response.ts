import type { KoaContextWithOIDC } from 'oidc-provider';
import { findClientOf, stateOf } from '../request/request-state.ts';
import { contextResponse } from './context-response.ts';
import { introspection } from './introspection.ts';

/**
 * Koa middleware around the provider: adds the launch context to token responses, at the code exchange and at every
 * refresh, and to introspection. The members that OAuth itself defines are never overwritten.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#launch-context-arrives-with-your-access_token
 */
export async function tellContext(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  const route = ctx.oidc?.route;
  if (route === 'token') {
    // HTTP/1.0 caches do not understand Cache-Control.
    ctx.set('Pragma', 'no-cache');
    addContext(ctx, contextOf(ctx));
  }
  // oidc-provider has only authenticated the caller.
  if (route === 'introspection' && ctx.status === 200) ctx.body = await introspect(ctx);
}

/**
 * Clients that an administrator registered and that authenticate may ask about any token, as resource servers do;
 * public clients, and those that registered themselves, only about their own.
 */
async function introspect(ctx: KoaContextWithOIDC): Promise<Record<string, unknown>> {
  const { client, params } = ctx.oidc;
  const { sandbox, ahead } = stateOf(ctx);
  const { clientId = '', tokenEndpointAuthMethod = 'none' } = client ?? {};
  // oidc-provider has answered by now, and findClientOf would not find its request any more.
  const registered = ahead.clients.get(clientId) ?? (await findClientOf(sandbox.id, clientId));
  const ofAnyClient = tokenEndpointAuthMethod !== 'none' && registered?.dynamic === false;
  return introspection(sandbox, String(params?.token), { clientId, ofAnyClient });
}

function addContext(ctx: KoaContextWithOIDC, context: Record<string, unknown>): void {
  if (ctx.status === 200 && typeof ctx.body === 'object') ctx.body = { ...context, ...ctx.body };
}

/** The context of a user's grant. */
function contextOf(ctx: KoaContextWithOIDC): Record<string, unknown> {
  const { grantContext = {}, sandbox } = stateOf(ctx);
  return ctx.oidc.grant ? contextResponse(sandbox, grantContext) : {};
}
