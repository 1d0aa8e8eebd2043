import type { KoaContextWithOIDC, default as Provider } from 'oidc-provider';
import type { SmartClient } from '../client/metadata.ts';

/**
 * Accepts only redirect URIs that equal a registered one character by character, and only answers in the query.
 * oidc-provider would allow any port on a loopback address for apps that also have a custom scheme.
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
 * Refuses other response modes: an app that expects its code in the query would leave one in a fragment or a posted
 * form unused, for others to find. oidc-provider has no setting for this that would not send the error in the very mode
 * it refuses.
 */
async function answerInQueryOnly(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  const { response_mode: mode } = ctx.query;
  if (typeof mode === 'string' && mode !== 'query') ctx.query = { ...ctx.query, response_mode: 'unsupported' };
  await next();
  if (ctx.oidc?.route === 'discovery') Object.assign(ctx.body as object, { response_modes_supported: ['query'] });
}
