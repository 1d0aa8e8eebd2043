import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { issuerOf } from '#lib/env.ts';
import { readBrand } from '#lib/smart/brand.ts';
import { smartStyleUrl } from '#lib/smart/smart-style.ts';
import { stateOf } from './request-state.ts';
import { absoluteFhirUser, accountOf } from './smart-accounts.ts';

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
  if (route === 'introspection' && isActive(ctx.body)) addContext(ctx, await introspectedContext(ctx));
}

function isActive(body: unknown): body is { active: true; scope?: string } {
  return typeof body === 'object' && body !== null && 'active' in body && body.active === true;
}

function addContext(ctx: KoaContextWithOIDC, context: Record<string, unknown>): void {
  if (ctx.status === 200 && typeof ctx.body === 'object') ctx.body = { ...context, ...ctx.body };
}

/** The context of a user's grant; the sandbox's style is part of every one that did not bring its own. */
function contextOf(ctx: KoaContextWithOIDC): Record<string, unknown> {
  if (!ctx.oidc.grant) return {};
  const { grantContext, sandbox } = stateOf(ctx);
  const style = smartStyleUrl(issuerOf(sandbox.slug), readBrand(sandbox.brand));
  return { smart_style_url: style, ...grantContext };
}

async function introspectedContext(ctx: KoaContextWithOIDC): Promise<Record<string, unknown>> {
  const userId = ctx.oidc.grant?.accountId;
  const account = userId ? await accountOf(ctx, userId) : undefined;
  const fhirUser = account && absoluteFhirUser(ctx, account);
  const tellsUser = /\b(openid|fhirUser|profile)\b/.test(String(ctx.oidc.grant?.getOIDCScope()));
  return { ...contextOf(ctx), ...(fhirUser && tellsUser ? { fhirUser } : {}) };
}

/** What oidc-provider calls invalid_request has a name of its own: https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
const notAllowed = 'requested grant type is not allowed for this client';

/** OAuth's fixed sentences say little; the reason beside them tells a developer what to correct, and holds no secret. */
export function explainError(ctx: KoaContextWithOIDC, error: errors.OIDCProviderError): void {
  if (error.error_description === notAllowed)
    ctx.body = { error: 'unauthorized_client', error_description: notAllowed };
  const detail = error.error_detail;
  if (!(error instanceof errors.OIDCProviderError) || !detail || typeof ctx.body !== 'object') return;
  ctx.body = { ...ctx.body, error_description: detail };
}
