import { decode } from 'next-auth/jwt';
import { beforeAll, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { secretHash } from '#lib/data/database/secret-hash.ts';
import { hashPassword } from '#lib/data/member/passwords.ts';
import { findSession } from '#lib/data/session/find-session.ts';
import { openSession } from '#lib/data/session/tests/open-session.ts';
import { env } from '#lib/env.ts';
import { authOptions, sessionSecret } from './auth-options.ts';

const headers = new Headers({ 'user-agent': 'curl/8' });
const now = () => Math.floor(Date.now() / 1000);

let userId: string;

beforeAll(async () => {
  const passwordHash = await hashPassword('right');
  userId = (await database().user.create({ data: { username: 'chen', name: 'Dr. Chen', passwordHash } })).id;
});

/** Signs in as next-auth does, and answers the content of the cookie. */
async function cookieAfter(password: string, before?: string) {
  const cookies = { get: () => undefined, set: () => {} };
  const options = await authOptions({
    cookies,
    headers,
    before: before === undefined ? undefined : secretHash(before),
  });
  const [provider] = options.providers as unknown as [{ options: { authorize: (given: object) => Promise<object> } }];
  const user = await provider.options.authorize({ username: 'chen', password });
  const token = await options.callbacks?.jwt?.({ token: { sub: userId }, user, account: null } as never);
  return { token, encode: options.jwt?.encode, signOut: options.events?.signOut };
}

it('a sign-in begins a session, whose secret only the cookie has', async () => {
  const { token } = await cookieAfter('right');
  const secret = String(token?.session);
  expect(await findSession(secretHash(secret))).toMatchObject({ user: { id: userId } });
  const [stored] = await database().ehrSession.findMany();
  expect(stored).toMatchObject({ browser: 'Unknown browser', address: null });
  expect(JSON.stringify(stored)).not.toContain(secret);
  await expect(cookieAfter('wrong')).rejects.toThrow('wrong');
});

it('the session that this browser had goes on with another secret, so that a copy of the cookie is worth nothing', async () => {
  const before = await openSession(userId);
  const { token } = await cookieAfter('right', before.secret);
  expect(await findSession(before.hash)).toBeUndefined();
  expect(await findSession(secretHash(String(token?.session)))).toMatchObject({ id: before.id });
});

it.each([
  ['at the sign-in', 0],
  ['an hour later', 3600],
  ['at the limit', env().session.maxSeconds],
])('a cookie ends with its session, however often next-auth renews it: %s', async (_, age) => {
  const { token, encode } = await cookieAfter('right');
  const endsAt = now() + env().session.maxSeconds - age;
  const secret = await sessionSecret();
  const maxAge = env().session.maxSeconds;
  const renewed = await encode?.({ token: { ...token, endsAt }, secret, maxAge });
  const read = await decode({ token: renewed ?? '', secret }).catch(() => null);
  if (read) expect(Number(read.exp)).toBeLessThanOrEqual(endsAt + 1);
  expect(endsAt - Number(read?.exp ?? endsAt)).toBeLessThanOrEqual(1);
});

it('a cookie of a release that knew no end is not renewed', async () => {
  const { encode } = await cookieAfter('right');
  const secret = await sessionSecret();
  const renewed = await encode?.({ token: { sub: userId }, secret, maxAge: 3600 });
  const { exp } = (await decode({ token: renewed ?? '', secret }).catch(() => null)) ?? {};
  expect(Number(exp ?? 0)).toBeLessThanOrEqual(now() + 1);
});

it('next-auth’s own way to sign out ends the session too, and takes any other cookie', async () => {
  const { token, signOut } = await cookieAfter('right');
  for (const other of [{}, { session: 'unknown' }, { session: 1 }]) await signOut?.({ token: other } as never);
  await signOut?.({ token } as never);
  expect(await findSession(secretHash(String(token?.session)))).toBeUndefined();
});
