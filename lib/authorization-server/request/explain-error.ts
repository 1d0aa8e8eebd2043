import { errors, type KoaContextWithOIDC } from 'oidc-provider';

/**
 * oidc-provider reports this refusal as invalid_request, but OAuth has a code of its own for it:
 * https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
const notAllowed = 'requested grant type is not allowed for this client';

/**
 * Corrects the body of an error: OAuth's code where oidc-provider sends another, and the reason in place of the generic
 * description, so that a developer knows what to correct. The reasons hold no secrets.
 */
export function explainError(ctx: KoaContextWithOIDC, error: Error): void {
  if (!(error instanceof errors.OIDCProviderError)) return;
  correctCode(ctx, error);
  tellReason(ctx, error);
}

function correctCode(ctx: KoaContextWithOIDC, { error_description: description }: errors.OIDCProviderError): void {
  if (description === notAllowed) ctx.body = { error: 'unauthorized_client', error_description: notAllowed };
}

function tellReason(ctx: KoaContextWithOIDC, { error_detail: detail }: errors.OIDCProviderError): void {
  if (detail && typeof ctx.body === 'object') ctx.body = { ...ctx.body, error_description: detail };
}
