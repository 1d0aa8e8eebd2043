import Provider from 'oidc-provider';
import type { SignIn } from '#lib/data/session/live-session.ts';
import { stateOf } from '../request/request-state.ts';

/**
 * Makes the provider's login session follow the session at the EHR, whose id is its uid: whoever is signed in at the EHR
 * need not sign in again, and a login session that followed another one ends. oidc-provider has no hook before it reads
 * the login session, so the method that reads it is replaced.
 */
export function followSignIn(provider: Provider): void {
  const { Session } = provider;
  const stored = Session.get.bind(Session);
  Session.get = async (ctx) => {
    const session = await stored(ctx);
    const { signIn } = stateOf(ctx);
    if (follows(session, signIn)) return Object.assign(session, newerSignIn(session, signIn));
    if (session.accountId) await session.destroy();
    const fresh = signIn ? signedInSession(provider, signIn) : new Session();
    ctx.oidc?.entity('Session', fresh);
    return fresh;
  };
  admitOnlySignedIn(provider);
}

/**
 * Lets the provider log in nobody but who is signed in at the EHR in the same request: an interaction remembers who
 * signed in, and may be brought back after that session has ended. Nobody is logged in then, and is asked to sign in.
 */
function admitOnlySignedIn({ Session }: Provider): void {
  const { loginAccount } = Session.prototype;
  Session.prototype.loginAccount = function (details) {
    const { signIn } = Provider.ctx ? stateOf(Provider.ctx) : {};
    if (details.accountId === signIn?.userId) loginAccount.call(this, details);
  };
}

/** Tells whether a login session is that of the present sign-in; without one, whether it is nobody's either. */
function follows(session: { uid: string; accountId?: string | undefined }, signIn: SignIn | undefined): boolean {
  if (!signIn) return session.accountId === undefined;
  return session.uid === signIn.sessionId && session.accountId === signIn.userId;
}

/**
 * The change to a session when the EHR's sign-in is newer: `max_age` and `auth_time` count from the last time that the
 * password was given.
 */
function newerSignIn(session: { loginTs?: number | undefined }, signIn: SignIn | undefined) {
  const { signedInAt = 0 } = signIn ?? {};
  return signedInAt > (session.loginTs ?? 0) ? { loginTs: signedInAt, touched: true } : {};
}

function signedInSession({ Session }: Provider, { sessionId, userId, signedInAt }: SignIn) {
  const session = new Session();
  session.loginAccount({ accountId: userId, loginTs: signedInAt });
  // oidc-provider stores only sessions that are marked as touched.
  return Object.assign(session, { uid: sessionId, touched: true });
}
