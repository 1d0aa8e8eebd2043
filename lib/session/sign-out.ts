import { cookies } from 'next/headers';
import { recordAccount } from '#lib/audit/record-account.ts';
import { endLoginSessions } from '#lib/data/token/login-sessions.ts';
import { env } from '#lib/env.ts';
import { cookieNames } from './auth-options.ts';
import { currentSignIn } from './current-user.ts';

/** The `Set-Cookie` value that signs out the browser it is sent to. */
export function signedOutCookie(): string {
  const secure = env().origin.startsWith('https:') ? '; Secure' : '';
  return `${cookieNames().session}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`;
}

/**
 * Signs out the browser that called the server action; other browsers stay signed in. Apps of the user can no longer
 * refresh with `online_access`, whichever browser they run in.
 */
export async function endSession(): Promise<void> {
  const signIn = await currentSignIn();
  if (signIn) {
    await endLoginSessions(signIn.userId);
    await recordAccount({ interaction: 'sign-out', account: { userId: signIn.userId } });
  }
  const secure = env().origin.startsWith('https:');
  (await cookies()).set(cookieNames().session, '', { path: '/', maxAge: 0, httpOnly: true, sameSite: 'lax', secure });
}
