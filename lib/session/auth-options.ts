import type { AuthOptions } from 'next-auth';
import { encode, type JWT, type JWTEncodeParams } from 'next-auth/jwt';
import Credentials from 'next-auth/providers/credentials';
import { type SecretHash, secretHash } from '#lib/data/database/secret-hash.ts';
import { findOrCreateSecret } from '#lib/data/database/secrets.ts';
import { beginSession } from '#lib/data/session/begin-session.ts';
import { findSession } from '#lib/data/session/find-session.ts';
import { env, prepareNextAuthEnv } from '#lib/env.ts';
import { deviceOf } from './device.ts';
import { endAudited } from './end-audited.ts';
import { type CookieJar, knownBrowser, rememberBrowser } from './known-browser.ts';
import { returnTo } from './return-to.ts';
import { signIn } from './sign-in.ts';

/** The secret that encrypts session cookies, made on first use and shared by all processes. */
export function sessionSecret(): Promise<string> {
  return findOrCreateSecret('next-auth');
}

/** The names of next-auth's cookies, which depend on the scheme of our origin. */
export function cookieNames() {
  const secure = env().origin.startsWith('https:');
  return {
    session: `${secure ? '__Secure-' : ''}next-auth.session-token`,
    csrf: `${secure ? '__Host-' : ''}next-auth.csrf-token`,
    callbackUrl: `${secure ? '__Secure-' : ''}next-auth.callback-url`,
  };
}

/** What a sign-in knows of the browser: its headers, and the session of its cookie so far. */
export interface SignInBrowser {
  headers: Headers;
  before: SecretHash | undefined;
  cookies: CookieJar;
  /** Is told what the database kept from being done: next-auth itself takes any error for a refusal. */
  onFailure?: (thrown: unknown) => void;
}

/**
 * next-auth's configuration for a request of this browser; made for each, because its secret comes from the database. A
 * sign-in begins a session in the database, and the cookie holds the session's secret and nothing else of importance.
 */
export async function authOptions(browser: SignInBrowser): Promise<AuthOptions> {
  prepareNextAuthEnv();
  const failed = (thrown: unknown): never => {
    browser.onFailure?.(thrown);
    throw thrown;
  };
  return {
    secret: await sessionSecret(),
    useSecureCookies: env().origin.startsWith('https:'),
    session: { strategy: 'jwt', maxAge: env().session.maxSeconds },
    jwt: { encode: encodeUntilEnd },
    // `begun` tells the page that next-auth has set its cookies, so that it need not ask for them again.
    pages: { signIn: '/sign-in?begun=1', error: '/sign-in?begun=1' },
    callbacks: {
      redirect: ({ url }) => returnTo(url, env().origin),
      // `user` is given only at sign-in. At all other times next-auth renews the cookie, and must not prolong it.
      jwt: ({ token, user }) => (user ? begunToken(token, user) : token),
    },
    events: { signOut: ({ token }) => endSessionOf(token).catch(failed) },
    providers: [
      Credentials({
        name: 'Username and password',
        credentials: { username: { type: 'text' }, password: { type: 'password' } },
        authorize: (credentials) => authorize(credentials, browser).catch(failed),
      }),
    ],
  };
}

/** Signs in. @throws Error whose message is the reason for which nobody is signed in */
async function authorize(credentials: unknown, { cookies, headers, before }: SignInBrowser) {
  const result = await signIn(credentials, { knownBrowser: (username) => knownBrowser(cookies, username) });
  if (typeof result === 'string') throw new Error(result);
  const session = await beginSession(result, deviceOf(headers), { before });
  if (!session) throw new Error('wrong');
  await rememberBrowser(cookies, result);
  return { id: result.id, name: result.name, session };
}

const now = () => Math.floor(Date.now() / 1000);

function begunToken(token: JWT, user: object): JWT {
  return {
    ...token,
    ...('session' in user ? { session: user.session } : {}),
    endsAt: now() + env().session.maxSeconds,
  };
}

/** Encodes a cookie that ends with its session, however often it is renewed. */
function encodeUntilEnd({ maxAge, ...params }: JWTEncodeParams): Promise<string> {
  const left = typeof params.token?.endsAt === 'number' ? params.token.endsAt - now() : 0;
  return encode({ ...params, maxAge: Math.max(Math.min(left, maxAge ?? left), 0) });
}

/** Ends the session of a cookie that is being removed. */
async function endSessionOf(token: JWT): Promise<void> {
  const session = typeof token?.session === 'string' ? await findSession(secretHash(token.session)) : undefined;
  if (session) await endAudited(session);
}
