import type { KoaContextWithOIDC } from 'oidc-provider';

/**
 * Answers a request to the userinfo endpoint without a token with 401 and a challenge that names no error;
 * oidc-provider would answer 400.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1
 */
export function challengeMissingToken(ctx: KoaContextWithOIDC): void {
  const challenge = ctx.response.get('WWW-Authenticate');
  if (challenge && !challenge.includes('error=')) ctx.status = 401;
}
