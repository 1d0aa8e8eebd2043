import type Provider from 'oidc-provider';
import { type SignIn, stateOf } from '../request/request-state.ts';

/**
 * Makes the provider's login session follow the EHR's sign-in: whoever is signed in there need not sign in again, and
 * the session of somebody else, or of nobody any more, ends here. oidc-provider has no hook before it reads the
 * session, so the method that reads it is replaced.
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

/** The password may have been given again since: `max_age` and `auth_time` go by that. */
function newerSignIn(session: { loginTs?: number | undefined }, signIn: SignIn | undefined) {
  const { signedInAt = 0 } = signIn ?? {};
  return signedInAt > (session.loginTs ?? 0) ? { loginTs: signedInAt, touched: true } : {};
}

function signedInSession({ Session }: Provider, { userId, signedInAt }: SignIn) {
  const session = new Session();
  session.loginAccount({ accountId: userId, ...(signedInAt ? { loginTs: signedInAt } : {}) });
  // A session that nobody touched would not be kept.
  return Object.assign(session, { touched: true });
}
