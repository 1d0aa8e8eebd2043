import { encode } from 'next-auth/jwt';
import { openSession } from '#lib/data/session/tests/open-session.ts';
import { cookieNames, sessionSecret } from '#lib/session/auth-options.ts';
import { jar } from './next-headers.ts';

/** Makes the next request that of a browser in which this user is signed in; with another `secret`, a forged one. */
export async function signInAs(userId: string, secret?: string): Promise<void> {
  const { secret: session } = await openSession(userId);
  showSession(await encode({ token: { session }, secret: secret ?? (await sessionSecret()) }));
}

/** Makes the next request carry this session cookie. */
export function showSession(value: string): void {
  jar.set(cookieNames().session, value);
}

/** The session cookie that the next request carries, to be shown again after it was removed. */
export function copyOfSession(): string {
  return jar.get(cookieNames().session) ?? '';
}

/** Makes the next request that of a browser without cookies. */
export function forgetCookies(): void {
  jar.clear();
}

/** The data of a form with these fields; a field may have several values. */
export function formOf(fields: Record<string, string | string[]>): FormData {
  const data = new FormData();
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values].flat()) data.append(name, value);
  }
  return data;
}
