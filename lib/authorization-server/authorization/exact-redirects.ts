import type { KoaContextWithOIDC, default as Provider } from 'oidc-provider';
import type { SmartClient } from '../client/metadata.ts';

/**
 * Codes and errors go to a registered address, character by character, and in its query. oidc-provider would let the
 * port of a loopback address differ for apps that also have a scheme of their own.
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-2.1
 */
export function redirectExactly(provider: Provider): void {
  provider.Client.prototype.redirectUriAllowed = function (this: SmartClient, uri: string) {
    return this.redirectUris?.includes(uri) ?? false;
  };
  provider.Client.prototype.postLogoutRedirectUriAllowed = function (this: SmartClient, uri: string) {
    return this.postLogoutRedirectUris?.includes(uri) ?? false;
  };
  provider.use(answerInQueryOnly);
}

/**
 * An app that waits for its code in the query would leave one in a fragment or a posted form unused, for others to
 * find. oidc-provider cannot be told so: an error would go out in the very mode that it refuses.
 */
async function answerInQueryOnly(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  const { response_mode: mode } = ctx.query;
  if (typeof mode === 'string' && mode !== 'query') ctx.query = { ...ctx.query, response_mode: 'unsupported' };
  await next();
  if (ctx.oidc?.route === 'discovery') Object.assign(ctx.body as object, { response_modes_supported: ['query'] });
}
