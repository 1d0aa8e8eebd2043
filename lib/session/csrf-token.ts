import { createHash, timingSafeEqual } from 'node:crypto';
import { cookies } from 'next/headers';
import { cookieNames, sessionSecret } from './auth-options.ts';

/**
 * The value that a form posting to next-auth must send as `csrfToken`; undefined until next-auth has set its cookie.
 * The cookie holds the token and a hash of it with our secret, so that a cookie planted by somebody else is rejected.
 */
export async function csrfToken(): Promise<string | undefined> {
  const [token, hash] = (await cookies()).get(cookieNames().csrf)?.value.split('|') ?? [];
  if (!token || !hash) return undefined;
  const expected = createHash('sha256')
    .update(`${token}${await sessionSecret()}`)
    .digest('hex');
  return equal(hash, expected) ? token : undefined;
}

/** Compares two texts in constant time, so that an attacker cannot measure how much of a guess is right. */
function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
