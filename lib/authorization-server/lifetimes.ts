import type { Configuration, RefreshToken } from 'oidc-provider';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** How long the login session lasts, and with it what `online_access` may refresh. */
const sessionSeconds = 12 * hour;
/** How long an app with `offline_access` may go on refreshing after the user allowed it. */
const offlineSeconds = 90 * day;

/** Lifetimes in seconds. */
export const lifetimes: Configuration['ttl'] = {
  AuthorizationCode: minute,
  AccessToken: hour,
  // Backend services get their next token without a user: SMART recommends five minutes.
  ClientCredentials: 5 * minute,
  IdToken: hour,
  Interaction: 30 * minute,
  Session: sessionSeconds,
  Grant: offlineSeconds,
  RefreshToken: (_, token: RefreshToken) => (token.scopes.has('offline_access') ? offlineSeconds : sessionSeconds),
};
