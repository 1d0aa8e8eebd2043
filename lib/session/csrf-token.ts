import { createHash, timingSafeEqual } from 'node:crypto';
import { cookies } from 'next/headers';
import { cookieNames, sessionSecret } from './auth-options.ts';

/**
 * The token that a form posting to next-auth must carry as `csrfToken`; undefined until next-auth has set its cookie.
 * The cookie holds the token and its hash with our secret, so that one planted from elsewhere is not believed.
 */
export async function csrfToken(): Promise<string | undefined> {
  const [token, hash] = (await cookies()).get(cookieNames().csrf)?.value.split('|') ?? [];
  if (!token || !hash) return undefined;
  const expected = createHash('sha256')
    .update(`${token}${await sessionSecret()}`)
    .digest('hex');
  return equal(hash, expected) ? token : undefined;
}

/** In a time that says nothing about how much of the two is alike. */
function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
