import type { KoaContextWithOIDC } from 'oidc-provider';
import { type PlainPage, plainPage } from '#lib/http/page/plain-page.ts';
import { stateOf } from '../request/request-state.ts';

/** Renders a page of the authorization server as HTML, under the name of the request's sandbox. */
export function htmlPage(ctx: KoaContextWithOIDC, page: Omit<PlainPage, 'above'>): string {
  return plainPage({ ...page, above: stateOf(ctx).sandbox.name }, ctx.get('cookie'));
}
