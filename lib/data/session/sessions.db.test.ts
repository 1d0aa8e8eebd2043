import { beforeEach, describe, expect, it } from 'vitest';
import { env } from '#lib/env.ts';
import { database } from '../database/database.ts';
import { secretHash } from '../database/secret-hash.ts';
import { usesNoted } from '../last-use.ts';
import { findVisitor } from '../member/memberships.ts';
import { findSignedIn } from '../member/sandbox-member.ts';
import { readForBrowser } from '../read-ahead/read-for-browser.ts';
import { beginSession } from './begin-session.ts';
import { endAllSessions, endOtherSessions, endSession, sweepSessions } from './end-sessions.ts';
import { findSession, findSessionsOf, isLiveSession } from './find-session.ts';

const device = { browser: 'Firefox on Linux', address: '192.0.2.1' };
const noon = new Date('2030-01-01T12:00:00Z');
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);
const { maxSeconds, maxIdleSeconds } = env().session;

let chen: string;
let ada: string;
let sandboxId: number;

beforeEach(async () => {
  await database().user.deleteMany();
  await database().sandbox.deleteMany();
  const data = { slug: 'ours', name: 'Ours' };
  sandboxId = (await database().sandbox.create({ data })).id;
  [chen, ada] = [await makeUser('chen'), await makeUser('ada')];
});

async function makeUser(username: string): Promise<string> {
  const memberships = { create: { sandboxId, role: 'clinician' as const } };
  return (await database().user.create({ data: { username, name: username, passwordHash: 'hash', memberships } })).id;
}

async function begin(id = chen, before?: string, now = noon): Promise<string> {
  const options = { now, before: before === undefined ? undefined : secretHash(before) };
  const secret = await beginSession({ id, passwordHash: 'hash' }, device, options);
  if (!secret) throw new Error('The session did not begin.');
  return secret;
}

/** Every way in which a server finds out who is signed in, by the user id that each answers. */
const readers: Record<string, (secret: string, now: Date) => Promise<string | undefined>> = {
  'a page of the origin': async (secret, now) => (await findSession(secretHash(secret), now))?.user.id,
  'a page, action or route of a sandbox': async (secret, now) =>
    (await findVisitor('ours', secretHash(secret), now))?.member?.user.id,
  'an interaction': async (secret, now) => (await findSignedIn(sandboxId, secretHash(secret), now))?.signIn.userId,
  'the authorization endpoint': async (secret, now) =>
    (await readForBrowser('ours', { ehrSession: secretHash(secret) }, now))?.signIn?.userId,
};

/** Every ending of a session, and the time afterwards. */
const endings: Record<string, (secret: string) => Promise<unknown> | Date> = {
  'signing out': async (secret) => endSession(chen, (await findSession(secretHash(secret), noon))?.id ?? ''),
  'ending the others': () => endOtherSessions(chen, 'another'),
  'ending all': () => endAllSessions(chen),
  'a user who is deleted': () => database().user.delete({ where: { id: chen } }),
  'a new password in the same browser': (secret) => begin(chen, secret),
  'somebody else in the same browser': (secret) => begin(ada, secret),
  'the idle limit': () => new Date(noon.getTime() + maxIdleSeconds * 1000),
  'the absolute limit, however it was used': async () => {
    const lastUsedAt = new Date(noon.getTime() + maxSeconds * 1000);
    await database().ehrSession.updateMany({ data: { lastUsedAt } });
    return lastUsedAt;
  },
};

describe.each(Object.entries(readers))('%s', (_, read) => {
  it.each(Object.entries(endings))('knows nobody after %s', async (_, end) => {
    const secret = await begin();
    expect(await read(secret, noon)).toBe(chen);
    const ended = await end(secret);
    expect(await read(secret, ended instanceof Date ? ended : noon)).toBeUndefined();
  });

  it('knows nobody by another secret, by the hash or by the id of the session', async () => {
    const secret = await begin();
    const { id } = await database().ehrSession.findFirstOrThrow();
    for (const other of [id, secretHash(secret), `${secret} `, '']) expect(await read(other, noon)).toBeUndefined();
  });

  it('lets a session live until the moment of its limits', async () => {
    const secret = await begin();
    const almost = (seconds: number) => new Date(noon.getTime() + seconds * 1000 - 1);
    expect(await read(secret, almost(maxIdleSeconds))).toBe(chen);
    await usesNoted();
    await database().ehrSession.updateMany({ data: { lastUsedAt: almost(maxSeconds) } });
    expect(await read(secret, almost(maxSeconds))).toBe(chen);
  });

  it('writes the use of a session once a minute', async () => {
    const secret = await begin();
    const lastUse = async (minutes: number) => {
      await read(secret, later(minutes));
      await usesNoted();
      return (await database().ehrSession.findFirstOrThrow()).lastUsedAt;
    };
    expect(await lastUse(0.9)).toEqual(noon);
    expect(await lastUse(1)).toEqual(later(1));
    expect(await lastUse(1.9)).toEqual(later(1));
  });
});

describe('a user who must change the password', () => {
  it.each(Object.entries(readers))('is signed in nowhere but where that is done: %s', async (name, read) => {
    const secret = await begin();
    await database().user.update({ where: { id: chen }, data: { mustChangePassword: true } });
    expect(await read(secret, noon)).toBe(name === 'a page of the origin' ? chen : undefined);
    expect(await findSession(secretHash(secret), noon)).toMatchObject({ mustChangePassword: true });
  });
});

describe('signing in', () => {
  it('begins a session of its own in every browser', async () => {
    const [one, two] = [await begin(), await begin()];
    expect(await findSessionsOf(chen, noon)).toMatchObject([device, device]);
    expect((await findSession(secretHash(one), noon))?.id).not.toBe((await findSession(secretHash(two), noon))?.id);
    expect(await findSessionsOf(ada, noon)).toEqual([]);
  });

  it('goes on with the session of the same user in the same browser, with a new secret and a new end', async () => {
    const first = await begin();
    const before = await findSession(secretHash(first), noon);
    const second = await begin(chen, first, later(60));
    expect((await findSession(secretHash(second), later(60)))?.id).toBe(before?.id);
    const endsAt = new Date(later(60).getTime() + maxSeconds * 1000);
    expect(await database().ehrSession.findMany()).toMatchObject([{ createdAt: noon, signedInAt: later(60), endsAt }]);
  });

  it('does not bring back a session that has ended', async () => {
    const first = await begin();
    const before = await findSession(secretHash(first), noon);
    const second = await begin(chen, first, later(maxSeconds / 60));
    expect((await findSession(secretHash(second), later(maxSeconds / 60)))?.id).not.toBe(before?.id);
    expect(await database().ehrSession.count()).toBe(1);
  });

  it('begins nothing, and ends nothing, with a password that has been changed meanwhile', async () => {
    const first = await begin();
    const old = { id: chen, passwordHash: 'old hash' };
    expect(await beginSession(old, device, { now: noon, before: secretHash(first) })).toBeUndefined();
    expect(await findSession(secretHash(first), noon)).toBeDefined();
  });

  it('ends the sessions that were not used for the longest time, when a user has too many', async () => {
    for (let count = 0; count < 52; count++) await begin(chen, undefined, later(count));
    const kept = await database().ehrSession.findMany({ orderBy: { lastUsedAt: 'asc' } });
    expect([kept.length, kept[0]?.lastUsedAt]).toEqual([50, later(2)]);
  });
});

it('ends a session for its own user alone', async () => {
  const [ours, theirs] = [await begin(), await begin(ada)];
  const { id = '' } = (await findSession(secretHash(theirs), noon)) ?? {};
  expect([await endSession(chen, id), await endOtherSessions(chen, id)]).toEqual([false, 1]);
  await endAllSessions(chen);
  expect(await findSession(secretHash(theirs), noon)).toBeDefined();
  expect(await findSession(secretHash(ours), noon)).toBeUndefined();
});

it('tells apps whether the session in which they were opened lives, and whose it is', async () => {
  const secret = await begin();
  const { id = '' } = (await findSession(secretHash(secret), noon)) ?? {};
  const idle = new Date(noon.getTime() + maxIdleSeconds * 1000);
  expect(await isLiveSession(id, chen, noon)).toBe(true);
  expect([await isLiveSession(id, ada, noon), await isLiveSession('', chen, noon)]).toEqual([false, false]);
  expect(await isLiveSession(id, chen, idle)).toBe(false);
});

it('sweeps what one of the limits has ended, and nothing else', async () => {
  await begin();
  await sweepSessions(later(maxIdleSeconds / 60 - 1));
  expect(await database().ehrSession.count()).toBe(1);
  await sweepSessions(later(maxIdleSeconds / 60));
  expect(await database().ehrSession.count()).toBe(0);
});
