import type { KoaContextWithOIDC } from 'oidc-provider';

/**
 * A request to the userinfo endpoint without any token is answered 401 with a challenge that names no error;
 * oidc-provider's status for it is 400.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1
 */
export function challengeMissingToken(ctx: KoaContextWithOIDC): void {
  const challenge = ctx.response.get('WWW-Authenticate');
  if (challenge && !challenge.includes('error=')) ctx.status = 401;
}
