import { encode } from 'next-auth/jwt';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { database } from '#lib/data/database.ts';
import { describeSigningKeys, findSigningKeys } from '#lib/data/signing-keys.ts';
import { cookieNames, sessionSecret } from '#lib/session/auth-options.ts';
import { rotateKeys } from './actions.ts';

// The request is all that these tests make up: its cookies, and the cache of pages that an action empties.
const jar = vi.hoisted(() => new Map<string, string>());
vi.mock('next/headers', () => ({
  cookies: async () => ({ get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined) }),
}));
vi.mock('next/cache', () => ({ revalidatePath: () => {} }));
vi.stubEnv('__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS', 'true');

let ours: number;
let theirs: number;
const people: Record<string, string> = {};

beforeAll(async () => {
  ours = (await database().sandbox.create({ data: { slug: 'ours', name: 'Ours' } })).id;
  theirs = (await database().sandbox.create({ data: { slug: 'theirs', name: 'Theirs' } })).id;
  const memberships = [
    ['admin', ours, 'admin'],
    ['clinician', ours, 'clinician'],
    ['patient', ours, 'patient'],
    ['stranger', theirs, 'admin'],
  ] as const;
  for (const [username, sandboxId, role] of memberships) {
    const data = { username, name: username, passwordHash: '', memberships: { create: { sandboxId, role } } };
    people[username] = (await database().user.create({ data })).id;
  }
  await Promise.all([findSigningKeys(ours), findSigningKeys(theirs)]);
});

beforeEach(() => jar.clear());

async function signInAs(username: string): Promise<void> {
  const token = await encode({ token: { sub: people[username] ?? username }, secret: await sessionSecret() });
  jar.set(cookieNames().session, token);
}

it('an administrator rotates the keys of their own sandbox alone', async () => {
  await signInAs('admin');
  await rotateKeys('ours');
  expect([await describeSigningKeys(ours), await describeSigningKeys(theirs)].map((keys) => keys.length)).toEqual([
    4, 2,
  ]);
});

it.each(['clinician', 'patient', 'stranger', 'nobody'])('%s does not', async (username) => {
  const before = await describeSigningKeys(ours);
  if (username !== 'nobody') await signInAs(username);
  await expect(rotateKeys('ours')).rejects.toThrow(/NEXT_/);
  expect(await describeSigningKeys(ours)).toEqual(before);
});
