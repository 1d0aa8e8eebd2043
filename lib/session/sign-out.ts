import { cookies } from 'next/headers';
import { env } from '#lib/env.ts';
import { cookieNames } from './auth-options.ts';

/** Ends the session of the browser that called the server action; other browsers keep theirs. */
export async function endSession(): Promise<void> {
  const secure = env().origin.startsWith('https:');
  (await cookies()).set(cookieNames().session, '', { path: '/', maxAge: 0, httpOnly: true, sameSite: 'lax', secure });
}
