import { errors, type KoaContextWithOIDC } from 'oidc-provider';

/**
 * oidc-provider reports this refusal as invalid_request, but OAuth has a code of its own for it:
 * https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
const notAllowed = 'requested grant type is not allowed for this client';

/**
 * Replaces OAuth's generic error description by the reason, so that a developer knows what to correct; the reasons hold
 * no secrets.
 */
export function explainError(ctx: KoaContextWithOIDC, error: errors.OIDCProviderError): void {
  if (error.error_description === notAllowed)
    ctx.body = { error: 'unauthorized_client', error_description: notAllowed };
  const detail = error.error_detail;
  if (!(error instanceof errors.OIDCProviderError) || !detail || typeof ctx.body !== 'object') return;
  ctx.body = { ...ctx.body, error_description: detail };
}
