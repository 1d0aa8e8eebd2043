import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { renderError } from '../page/error-page.ts';
import { resumedInteraction } from '../request/browser-names.ts';
import { stateOf } from '../request/request-state.ts';

/**
 * Koa middleware before the provider: a request that goes on after the user was asked is answered only at a redirect URI
 * that the app has today. oidc-provider compares it when the request arrives, and not again.
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-2.1
 */
export async function refuseReplacedRedirect(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  const uid = resumedInteraction(ctx.path);
  if (uid === undefined || hasItsRedirect(ctx, uid)) return next();
  ctx.status = 400;
  const error_description = 'The app is registered with other redirect URIs than when it asked.';
  renderError(ctx, { error: 'invalid_redirect_uri', error_description }, new errors.InvalidRedirectUri());
}

function hasItsRedirect(ctx: KoaContextWithOIDC, uid: string): boolean {
  const { ahead } = stateOf(ctx);
  const { params } = (ahead.artifact('Interaction', uid).payload ?? {}) as { params?: Record<string, unknown> };
  const client = ahead.clients.get(String(params?.client_id));
  // What is not there, or no longer, oidc-provider refuses in its own words.
  return !client || client.redirectUris.includes(String(params?.redirect_uri));
}
