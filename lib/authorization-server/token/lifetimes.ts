import type { Client, Configuration, KoaContextWithOIDC, RefreshToken } from 'oidc-provider';
import { env } from '#lib/env.ts';
import { usualLifetimes } from '#lib/smart/client/token-lifetimes.ts';
import type { SmartClient } from '../client/metadata.ts';
import { stateOf } from '../request/request-state.ts';

const minute = 60;
const { accessToken, serviceAccessToken, refreshToken } = usualLifetimes;

/** Lifetimes in seconds. A registration may set those of its access and refresh tokens; otherwise the sandbox may. */
export const lifetimes: Configuration['ttl'] = {
  AuthorizationCode: minute,
  AccessToken: (ctx, _, client) =>
    chosen(client).access_token_lifetime ?? stateOf(ctx).sandbox.accessTokenLifetime ?? accessToken,
  ClientCredentials: (_, __, client) => chosen(client).access_token_lifetime ?? serviceAccessToken,
  IdToken: 60 * minute,
  Interaction: 30 * minute,
  Session: () => env().session.maxSeconds,
  Grant: grantLifetime,
  RefreshToken: refreshLifetime,
};

/** A grant must outlive the refresh tokens that belong to it. */
function grantLifetime(ctx: KoaContextWithOIDC): number {
  const { refreshTokenLifetime } = stateOf(ctx).sandbox;
  return Math.max(refreshToken, chosen(ctx.oidc.client).refresh_token_lifetime ?? refreshTokenLifetime ?? 0);
}

function refreshLifetime(ctx: KoaContextWithOIDC, token: RefreshToken, client: Client | undefined): number {
  const own = chosen(client).refresh_token_lifetime ?? stateOf(ctx).sandbox.refreshTokenLifetime ?? undefined;
  const { maxSeconds } = env().session;
  return token.scopes.has('offline_access') ? (own ?? refreshToken) : Math.min(own ?? maxSeconds, maxSeconds);
}

function chosen(client: Client | undefined): Partial<SmartClient> {
  return client ?? {};
}
