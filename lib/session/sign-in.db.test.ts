import { beforeAll, beforeEach, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { hashPassword } from '#lib/data/member/passwords.ts';
import { admitSignInAttempt } from '#lib/data/member/sign-in-attempts.ts';
import { env } from '#lib/env.ts';
import { signIn } from './sign-in.ts';

const noon = new Date('2026-01-01T12:00:00Z');
const minutesLater = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);
const attempt = (password: string, at = noon, username = 'chen') => signIn({ username, password }, at);
const user = expect.objectContaining({ username: 'chen' });

beforeAll(async () => {
  const passwordHash = await hashPassword('right');
  await database().user.create({ data: { username: 'chen', name: 'Dr. Chen', passwordHash } });
});

beforeEach(async () => {
  await database().failedAttempt.deleteMany();
});

/** Counts failed attempts without the slow hashing of passwords. */
async function failTimes(times: number, username = 'chen'): Promise<void> {
  for (let time = 0; time < times; time++) expect(await admitSignInAttempt(username, noon)).toBe(true);
}

it('accepts the right password, and says of all others only that they are wrong', async () => {
  expect(await attempt('right')).toEqual(user);
  expect(await attempt('wrong')).toBe('wrong');
  expect(await attempt('right', noon, 'nobody')).toBe('wrong');
});

it.each([
  undefined,
  {},
  { username: 'chen' },
  { username: ['chen'], password: 'right' },
  { username: 'chen', password: '' },
])('does not take %j for credentials', async (credentials) => {
  expect(await signIn(credentials)).toBe('wrong');
});

it('refuses even the right password after ten failures, until fifteen minutes have passed', async () => {
  await failTimes(10);
  expect(await attempt('right')).toBe('too-many-attempts');
  expect(await attempt('right', minutesLater(15))).toBe('too-many-attempts');
  expect(await attempt('right', minutesLater(15.1))).toEqual(user);
});

it('counts from the first failure, so that further attempts do not prolong the wait', async () => {
  await failTimes(10);
  expect(await attempt('wrong', minutesLater(14))).toBe('too-many-attempts');
  expect(await attempt('right', minutesLater(15.1))).toEqual(user);
});

it('forgets the failures of someone who signs in', async () => {
  await failTimes(9);
  expect(await attempt('right')).toEqual(user);
  await failTimes(9);
  expect(await attempt('right')).toEqual(user);
});

it('counts attempts made at the same moment', async () => {
  const results = await Promise.all(Array.from({ length: 14 }, () => attempt('wrong')));
  expect(results.filter((result) => result === 'wrong')).toHaveLength(10);
  expect(results.filter((result) => result === 'too-many-attempts')).toHaveLength(4);
});

it('limits unknown names as well, and each name separately', async () => {
  await failTimes(10, 'nobody');
  expect(await attempt('wrong', noon, 'nobody')).toBe('too-many-attempts');
  expect(await attempt('right')).toEqual(user);
});

it('deletes counts that are no longer needed', async () => {
  await failTimes(1, 'nobody');
  await attempt('right', minutesLater(24 * 60 + 1));
  expect(await database().failedAttempt.count()).toBe(0);
});

it('accepts no other spelling of a username, so that spellings do not multiply attempts', async () => {
  for (const name of ['Chen', 'CHEN', ' chen', 'chen ', 'ｃhen', 'chen\u200b', 'chen\0', '\0', 'ch\ud800en']) {
    expect(await attempt('right', noon, name)).toBe('wrong');
  }
});

it.each([
  ['demo', 'admin-demo'],
  ['demo', 'ａｄｍｉｎ-demo'],
  ['somebody', 'clinician-demo'],
  ['nobody', 'clinician-demo'],
])('opens %s with the published password %s only where nobody else reaches the server', async (username, password) => {
  const users = { demo: 'admin-demo', somebody: 'clinician-demo' };
  for (const [name, own] of Object.entries(users)) {
    const passwordHash = await hashPassword(own);
    await database().user.upsert({
      where: { username: name },
      create: { username: name, name, passwordHash },
      update: {},
    });
  }
  expect(await signIn({ username, password }, noon, { ...env(), exposed: true })).toBe('published');
  const known = username in users ? expect.objectContaining({ username }) : 'wrong';
  expect(await signIn({ username, password }, noon, { ...env(), exposed: false })).toEqual(known);
});
