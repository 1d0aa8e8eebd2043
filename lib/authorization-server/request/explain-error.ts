import { errors, type KoaContextWithOIDC } from 'oidc-provider';

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
