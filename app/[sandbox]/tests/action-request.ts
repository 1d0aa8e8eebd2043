import { encode } from 'next-auth/jwt';
import { cookieNames, sessionSecret } from '#lib/session/auth-options.ts';

// The request is all that tests of server actions make up: its cookies, and the cache of pages that an action empties.
const jar = new Map<string, string>();

/** Stands for `next/headers`. */
export const nextHeaders = {
  cookies: async () => ({ get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined) }),
};

/** Stands for `next/cache`. */
export const nextCache = { revalidatePath: () => {} };

/** The next request comes from a browser in which this user has signed in; `secret` other than ours is a forger's. */
export async function signInAs(userId: string, secret?: string): Promise<void> {
  showSession(await encode({ token: { sub: userId }, secret: secret ?? (await sessionSecret()) }));
}

/** The next request carries this session cookie. */
export function showSession(value: string): void {
  jar.set(cookieNames().session, value);
}

/** The next request comes from a browser without cookies. */
export function forgetCookies(): void {
  jar.clear();
}

/** What a form sends; a field may be there several times. */
export function formOf(fields: Record<string, string | string[]>): FormData {
  const data = new FormData();
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values].flat()) data.append(name, value);
  }
  return data;
}
