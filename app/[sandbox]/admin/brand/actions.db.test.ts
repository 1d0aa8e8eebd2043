import { encode } from 'next-auth/jwt';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findBrand, saveBrand } from '#lib/data/brands.ts';
import { database } from '#lib/data/database.ts';
import { cookieNames, sessionSecret } from '#lib/session/auth-options.ts';
import { readBrand } from '#lib/smart/brand.ts';
import { changeBrand } from './actions.ts';

// The request is all that these tests make up: its cookies, and the cache of pages that an action empties.
const jar = vi.hoisted(() => new Map<string, string>());
vi.mock('next/headers', () => ({
  cookies: async () => ({ get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined) }),
}));
vi.mock('next/cache', () => ({ revalidatePath: () => {} }));
vi.stubEnv('__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS', 'true');

const people: Record<string, string> = {};

beforeAll(async () => {
  const ours = (await database().sandbox.create({ data: { slug: 'ours', name: 'Ours' } })).id;
  const theirs = (await database().sandbox.create({ data: { slug: 'theirs', name: 'Theirs' } })).id;
  await saveBrand(ours, readBrand({ aliases: ['Old'] }));
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
});

beforeEach(() => jar.clear());

async function signInAs(username: string): Promise<void> {
  const token = await encode({ token: { sub: people[username] ?? username }, secret: await sessionSecret() });
  jar.set(cookieNames().session, token);
}

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

describe('an administrator', () => {
  it('changes the brand of their own sandbox alone, and with it when it last changed', async () => {
    const [before, theirs] = [await findBrand('ours'), await findBrand('theirs')];
    await signInAs('admin');
    const state = await changeBrand('ours', {}, form({ color: '#0f6e84', 'addresses[0].city': 'Madison' }));
    expect(state.saved).toBe(true);
    const after = await findBrand('ours');
    expect(after?.brand).toMatchObject({ color: '#0f6e84', addresses: [{ city: 'Madison' }], aliases: [] });
    expect(after?.updatedAt.getTime()).toBeGreaterThan(before?.updatedAt.getTime() ?? Number.NaN);
    expect(await findBrand('theirs')).toEqual(theirs);
  });

  it('is told what is wrong, and nothing is saved', async () => {
    const before = await findBrand('ours');
    await signInAs('admin');
    const state = await changeBrand('ours', {}, form({ color: 'teal', aliases: 'New' }));
    expect(state.saved).toBeUndefined();
    expect(state.result?.error).toMatchObject({ color: ['This must be a colour such as #0b5f7c.'] });
    expect(await findBrand('ours')).toEqual(before);
  });

  it('adds an address without JavaScript, which saves nothing yet', async () => {
    const before = await findBrand('ours');
    await signInAs('admin');
    const intent = JSON.stringify({ type: 'insert', payload: { name: 'addresses' } });
    const state = await changeBrand('ours', {}, form({ aliases: 'New', __intent__: intent }));
    expect(state.saved).toBeUndefined();
    expect(state.result?.initialValue?.addresses).toHaveLength(1);
    expect(await findBrand('ours')).toEqual(before);
  });
});

it.each(['clinician', 'patient', 'stranger', 'nobody'])('%s changes nothing', async (username) => {
  const before = await findBrand('ours');
  if (username !== 'nobody') await signInAs(username);
  await expect(changeBrand('ours', {}, form({ color: '#000000' }))).rejects.toThrow(/NEXT_/);
  expect(await findBrand('ours')).toEqual(before);
});
