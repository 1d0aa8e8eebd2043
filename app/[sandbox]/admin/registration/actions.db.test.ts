import { encode } from 'next-auth/jwt';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { database } from '#lib/data/database.ts';
import { findInitialAccessToken, findInitialAccessTokens } from '#lib/data/initial-access-tokens.ts';
import { findIssuer } from '#lib/data/issuers.ts';
import { cookieNames, sessionSecret } from '#lib/session/auth-options.ts';
import { changeMode, makeToken, revokeToken } from './actions.ts';

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
    const data = { username, name: `The ${username}`, passwordHash: '', memberships: { create: { sandboxId, role } } };
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

const newToken = { label: ' Team A ', lifetime: '30' };

describe('an administrator', () => {
  beforeEach(() => signInAs('admin'));

  it('switches registration of their own sandbox alone, and the authorization server is made anew', async () => {
    const before = await findIssuer('ours');
    expect(await changeMode('ours', {}, form({ registration: 'open' }))).toEqual({ saved: 'open' });
    const after = await findIssuer('ours');
    expect(after?.registration).toBe('open');
    expect(after?.settingsVersion).toBe((before?.settingsVersion ?? 0) + 1);
    expect((await findIssuer('theirs'))?.registration).toBe('off');
    await changeMode('ours', {}, form({ registration: 'open' }));
    expect((await findIssuer('ours'))?.settingsVersion).toBe(after?.settingsVersion);
  });

  it.each(['', 'everybody', '__proto__'])('is told to choose instead of %j', async (registration) => {
    expect((await changeMode('ours', {}, form({ registration }))).errors).toEqual(['Choose who may register apps.']);
  });

  it('makes a token that is shown once, and revokes it', async () => {
    const { token = '' } = await makeToken('ours', {}, form(newToken));
    expect(token).toMatch(/^[\w-]{43}$/);
    const [listed] = await findInitialAccessTokens(ours);
    expect(listed).toMatchObject({ label: 'Team A', madeBy: 'The admin', uses: 0, lastUsedAt: null });
    const days = ((listed?.expiresAt?.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    expect(await findInitialAccessToken(ours, token)).toEqual(listed);
    expect(await findInitialAccessToken(theirs, token)).toBeUndefined();
    expect(JSON.stringify(await database().initialAccessToken.findMany())).not.toContain(token);
    await revokeToken('ours', form({ token_id: listed?.id ?? '' }));
    expect(await findInitialAccessToken(ours, token)).toBeUndefined();
  });

  it('may make one that never expires', async () => {
    await makeToken('ours', {}, form({ ...newToken, lifetime: 'never' }));
    expect((await findInitialAccessTokens(ours))[0]?.expiresAt).toBeNull();
  });

  it.each([
    [{ ...newToken, label: ' ' }, { label: ['Say whom or what the token is for.'] }],
    [{ ...newToken, label: 'x'.repeat(101) }, { label: ['The label must not be longer than 100 characters.'] }],
    [{ ...newToken, label: 'a\u0007b' }, { label: ['The label must be one line of text.'] }],
    [{ ...newToken, lifetime: '3000' }, { lifetime: ['Choose when the token expires.'] }],
  ])('is told what is wrong with %j', async (fields, errors) => {
    const before = await findInitialAccessTokens(ours);
    const { token, errors: told, label } = await makeToken('ours', {}, form(fields));
    expect({ token, told, label }).toEqual({ token: undefined, told: errors, label: fields.label });
    expect(await findInitialAccessTokens(ours)).toEqual(before);
  });

  it('does not revoke the token of another sandbox, nor what is no token', async () => {
    const data = { sandboxId: theirs, hash: 'h', label: 'Theirs', madeBy: 'x' };
    const { id } = await database().initialAccessToken.create({ data });
    await revokeToken('ours', form({ token_id: id }));
    expect(await findInitialAccessTokens(theirs)).toHaveLength(1);
    await expect(revokeToken('ours', form({ token_id: 'x' }))).rejects.toThrow(/NEXT_/);
  });
});

it.each(['clinician', 'patient', 'stranger', 'nobody'])('%s does none of it', async (username) => {
  const before = [await findIssuer('ours'), await findInitialAccessTokens(ours)];
  const [token] = await findInitialAccessTokens(ours);
  if (username !== 'nobody') await signInAs(username);
  await expect(changeMode('ours', {}, form({ registration: 'token' }))).rejects.toThrow(/NEXT_/);
  await expect(makeToken('ours', {}, form(newToken))).rejects.toThrow(/NEXT_/);
  await expect(revokeToken('ours', form({ token_id: token?.id ?? '' }))).rejects.toThrow(/NEXT_/);
  expect([await findIssuer('ours'), await findInitialAccessTokens(ours)]).toEqual(before);
});
