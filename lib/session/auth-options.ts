import type { AuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { findOrCreateSecret } from '#lib/data/database/secrets.ts';
import { env, prepareNextAuthEnv } from '#lib/env.ts';
import { type CookieJar, knownBrowser, rememberBrowser } from './known-browser.ts';
import { returnTo } from './return-to.ts';
import { signIn } from './sign-in.ts';

/** A working day: a user signs in once in the morning, and a session of the night before has ended. */
const sessionSeconds = 12 * 60 * 60;

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

/** next-auth's configuration; made for each request because its secret comes from the database. */
export async function authOptions(cookies: CookieJar): Promise<AuthOptions> {
  prepareNextAuthEnv();
  return {
    secret: await sessionSecret(),
    useSecureCookies: env().origin.startsWith('https:'),
    session: { strategy: 'jwt', maxAge: sessionSeconds },
    // `begun` tells the page that next-auth has set its cookies, so that it need not ask for them again.
    pages: { signIn: '/sign-in?begun=1', error: '/sign-in?begun=1' },
    callbacks: {
      redirect: ({ url }) => returnTo(url, env().origin),
      // `user` is given only at sign-in. next-auth's own `iat` will not do: it is renewed without a password.
      jwt: ({ token, user }) => (user ? { ...token, signedInAt: Math.floor(Date.now() / 1000) } : token),
    },
    providers: [
      Credentials({
        name: 'Username and password',
        credentials: { username: { type: 'text' }, password: { type: 'password' } },
        authorize: async (credentials) => {
          const result = await signIn(credentials, { knownBrowser: (username) => knownBrowser(cookies, username) });
          if (typeof result === 'string') throw new Error(result);
          await rememberBrowser(cookies, result.username);
          return result;
        },
      }),
    ],
  };
}
