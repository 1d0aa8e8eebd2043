import type Provider from 'oidc-provider';
import { type EhrSignIn, stateOf } from '../request/request-state.ts';

/**
 * Makes the provider's login session follow the EHR's sign-in: whoever is signed in at the EHR need not sign in again,
 * and a session of anybody else ends. oidc-provider has no hook before it reads the session, so the method that reads
 * it is replaced.
 */
export function followSignIn(provider: Provider): void {
  const { Session } = provider;
  const stored = Session.get.bind(Session);
  Session.get = async (ctx) => {
    const session = await stored(ctx);
    const { signIn } = stateOf(ctx);
    if (session.accountId === signIn?.userId) return Object.assign(session, newerSignIn(session, signIn));
    if (session.accountId) await session.destroy();
    const fresh = signIn ? signedInSession(provider, signIn) : new Session();
    ctx.oidc?.entity('Session', fresh);
    return fresh;
  };
}

/**
 * The change to a session when the EHR's sign-in is newer: `max_age` and `auth_time` count from the last time that the
 * password was given.
 */
function newerSignIn(session: { loginTs?: number | undefined }, signIn: EhrSignIn | undefined) {
  const { signedInAt = 0 } = signIn ?? {};
  return signedInAt > (session.loginTs ?? 0) ? { loginTs: signedInAt, touched: true } : {};
}

function signedInSession({ Session }: Provider, { userId, signedInAt }: EhrSignIn) {
  const session = new Session();
  session.loginAccount({ accountId: userId, loginTs: signedInAt });
  // oidc-provider stores only sessions that are marked as touched.
  return Object.assign(session, { touched: true });
}
