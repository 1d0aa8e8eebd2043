import type { KoaContextWithOIDC } from 'oidc-provider';
import { stateOf } from '../request/request-state.ts';

/**
 * Koa middleware around the provider: records the use of a grant by a refresh or at the userinfo endpoint. A code
 * exchange need not be recorded, as its grant was made a moment before.
 */
export async function noteUseOfGrant(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  const { route, params, grant } = ctx.oidc ?? {};
  const isUse = route === 'userinfo' || (route === 'token' && params?.grant_type === 'refresh_token');
  if (ctx.status === 200 && isUse && grant?.jti) stateOf(ctx).writes.noteUse(grant.jti);
}
