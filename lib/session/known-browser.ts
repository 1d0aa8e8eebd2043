import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { findOrCreateSecret } from '#lib/data/database/secrets.ts';
import { env } from '#lib/env.ts';

const days = 90;

/** The cookies of a request, and those that its answer sets. */
export interface CookieJar {
  get(name: string): { value: string } | undefined;
  set(cookie: { name: string; value: string }): unknown;
}

/**
 * Gives the browser, in which `username` has just signed in, a cookie that shows so later: strangers who try that name
 * without end then do not lock its owner out. It signs nobody in.
 */
export async function rememberBrowser(cookies: CookieJar, username: string): Promise<void> {
  const id = randomUUID();
  const secure = env().origin.startsWith('https:');
  const attributes = {
    path: '/api/auth',
    maxAge: days * 24 * 60 * 60,
    httpOnly: true,
    sameSite: 'lax',
    secure,
  } as const;
  cookies.set({ name: cookieName(username), value: `${id}.${await proofOf(id, username)}`, ...attributes });
}

/** The id of the browser that sent the request, if `username` has signed in with it before. */
export async function knownBrowser(cookies: CookieJar, username: string): Promise<string | undefined> {
  const sent = cookies.get(cookieName(username))?.value;
  const [id = '', proof = ''] = sent?.split('.') ?? [];
  if (!proof) return undefined;
  const [actual, expected] = [Buffer.from(proof), Buffer.from(await proofOf(id, username))];
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? id : undefined;
}

/** One cookie for each user of the browser; the name tells nobody who they are. */
function cookieName(username: string): string {
  return `known-browser-${createHash('sha256').update(username).digest('hex').slice(0, 12)}`;
}

async function proofOf(id: string, username: string): Promise<string> {
  return createHmac('sha256', await findOrCreateSecret('known-browser'))
    .update(JSON.stringify(['known-browser', id, username]))
    .digest('base64url');
}
