import type { KoaContextWithOIDC } from 'oidc-provider';
import { splitScope } from '#lib/smart/scope/scope.ts';

/**
 * Drops the `nonce` of a request without `openid`. It only matters for an id_token, some libraries send it anyway, and
 * OAuth ignores meaningless parameters; oidc-provider would refuse the request.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-3.1
 */
export async function ignoreNonceWithoutOpenid(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  const { scope, nonce, ...others } = ctx.query;
  if (typeof nonce === 'string' && typeof scope === 'string' && !splitScope(scope).includes('openid')) {
    ctx.query = { ...others, scope };
  }
  await next();
}
