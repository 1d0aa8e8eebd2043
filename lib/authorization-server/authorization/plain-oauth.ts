import type { KoaContextWithOIDC } from 'oidc-provider';
import { splitScope } from '#lib/smart/scope/scope.ts';

/**
 * A `nonce` is for an id_token; an app that asks for none, and sends a nonce all the same as some libraries do, makes a
 * plain OAuth request, where a parameter without a meaning is ignored. oidc-provider would refuse it.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-3.1
 */
export async function ignoreNonceWithoutOpenid(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  const { scope, nonce, ...others } = ctx.query;
  if (typeof nonce === 'string' && typeof scope === 'string' && !splitScope(scope).includes('openid')) {
    ctx.query = { ...others, scope };
  }
  await next();
}
