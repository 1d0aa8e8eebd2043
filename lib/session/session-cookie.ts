import { encode } from 'next-auth/jwt';
import { env } from '#lib/env.ts';
import { cookieNames, sessionSecret } from './auth-options.ts';

/** A cookie in the form that Next's `cookies()` sets. */
interface SessionCookie {
  name: string;
  value: string;
  path: string;
  maxAge: number;
  httpOnly: boolean;
  sameSite: 'lax';
  secure: boolean;
}

/** next-auth's cookie for a session with this secret that ends at `end` however much it is used. */
export async function sessionCookie(session: string, end: Date): Promise<SessionCookie> {
  const endsAt = Math.floor(end.getTime() / 1000);
  const maxAge = Math.max(endsAt - Math.floor(Date.now() / 1000), 0);
  return cookieOf(await encode({ token: { session, endsAt }, secret: await sessionSecret(), maxAge }), maxAge);
}

/** The cookie that removes next-auth's. */
export function noSessionCookie(): SessionCookie {
  return cookieOf('', 0);
}

/** The `Set-Cookie` value that removes next-auth's cookie from the browser it is sent to. */
export function signedOutCookie(): string {
  const { name, path, secure } = noSessionCookie();
  return `${name}=; Path=${path}; Max-Age=0; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

function cookieOf(value: string, maxAge: number): SessionCookie {
  const secure = env().origin.startsWith('https:');
  return { name: cookieNames().session, value, path: '/', maxAge, httpOnly: true, sameSite: 'lax', secure };
}
