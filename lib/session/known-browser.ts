import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { findOrCreateSecret } from '#lib/data/database/secrets.ts';
import { type AuthenticatedUser, findWithHash } from '#lib/data/member/users.ts';
import { env } from '#lib/env.ts';

const days = 90;
const secondsOfADay = 24 * 60 * 60;

/** The cookies of a request, and those that its answer sets. */
export interface CookieJar {
  get(name: string): { value: string } | undefined;
  set(cookie: { name: string; value: string }): unknown;
}

/** Whose browser it is: the proof ends with their password. */
type Owner = Pick<AuthenticatedUser, 'id' | 'username' | 'passwordHash'>;

/**
 * Gives the browser, in which `owner` has just signed in, a cookie that shows so later: strangers who try that name
 * without end then do not lock its owner out. It signs nobody in, and is worth nothing after a change of the password.
 */
export async function rememberBrowser(cookies: CookieJar, owner: Owner, now = Date.now()): Promise<void> {
  const secure = env().origin.startsWith('https:');
  const attributes = {
    path: '/api/auth',
    maxAge: days * secondsOfADay,
    httpOnly: true,
    sameSite: 'lax',
    secure,
  } as const;
  const shown = { id: randomUUID(), issuedAt: String(Math.floor(now / 1000)) };
  const value = [shown.id, shown.issuedAt, await proofOf(shown, owner)].join('.');
  cookies.set({ name: cookieName(owner.username), value, ...attributes });
}

/** The id of the browser that sent the request, if `username` has signed in with it in the last 90 days, with the present password. */
export async function knownBrowser(
  cookies: CookieJar,
  username: string,
  now = Date.now(),
): Promise<string | undefined> {
  const sent = cookies.get(cookieName(username))?.value;
  const [id = '', issuedAt = '', proof = ''] = sent?.split('.') ?? [];
  if (!proof || !isRecent(issuedAt, now)) return undefined;
  const owner = await findWithHash(username);
  if (!owner) return undefined;
  const [actual, expected] = [Buffer.from(proof), Buffer.from(await proofOf({ id, issuedAt }, owner))];
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? id : undefined;
}

function isRecent(issuedAt: string, now: number): boolean {
  return /^\d{1,12}$/.test(issuedAt) && now / 1000 - Number(issuedAt) < days * secondsOfADay;
}

/** One cookie for each user of the browser; the name tells nobody who they are. */
function cookieName(username: string): string {
  return `known-browser-${createHash('sha256').update(username).digest('hex').slice(0, 12)}`;
}

async function proofOf(shown: { id: string; issuedAt: string }, owner: Owner): Promise<string> {
  const password = createHash('sha256').update(owner.passwordHash).digest('base64url');
  return createHmac('sha256', await findOrCreateSecret('known-browser'))
    .update(JSON.stringify(['known-browser', shown.id, shown.issuedAt, owner.id, password]))
    .digest('base64url');
}
