import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findInitialAccessToken, findInitialAccessTokens } from '#lib/data/client/initial-access-tokens.ts';
import { database } from '#lib/data/database/database.ts';
import { findIssuer } from '#lib/data/sandbox/issuers.ts';
import { forgetCookies, formOf, signInAs } from '../../tests/action-request.ts';
import { makeTwoSandboxes, type TwoSandboxes } from '../../tests/people.ts';
import { changeMode, makeToken, revokeToken } from './actions.ts';

let ours: number;
let theirs: number;
let people: TwoSandboxes['people'];

beforeAll(async () => {
  ({ ours, theirs, people } = await makeTwoSandboxes());
});

beforeEach(() => forgetCookies());

const newToken = { label: ' Team A ', lifetime: '30' };

describe('an administrator', () => {
  beforeEach(() => signInAs(people.admin));

  it('switches registration of their own sandbox alone, and the authorization server is made anew', async () => {
    const before = await findIssuer('ours');
    expect(await changeMode('ours', {}, formOf({ registration: 'open' }))).toEqual({ saved: 'open' });
    const after = await findIssuer('ours');
    expect(after?.registration).toBe('open');
    expect(after?.settingsVersion).toBe((before?.settingsVersion ?? 0) + 1);
    expect((await findIssuer('theirs'))?.registration).toBe('off');
    await changeMode('ours', {}, formOf({ registration: 'open' }));
    expect((await findIssuer('ours'))?.settingsVersion).toBe(after?.settingsVersion);
  });

  it.each(['', 'everybody', '__proto__'])('is told to choose instead of %j', async (registration) => {
    expect((await changeMode('ours', {}, formOf({ registration }))).errors?.registration).toEqual([
      'Choose who may register apps.',
    ]);
  });

  it('makes a token that is shown once, and revokes it', async () => {
    const { token = '' } = await makeToken('ours', {}, formOf(newToken));
    expect(token).toMatch(/^[\w-]{43}$/);
    const [listed] = await findInitialAccessTokens(ours);
    expect(listed).toMatchObject({ label: 'Team A', madeBy: 'The admin', uses: 0, lastUsedAt: null });
    const days = ((listed?.expiresAt?.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    expect(await findInitialAccessToken(ours, token)).toEqual(listed);
    expect(await findInitialAccessToken(theirs, token)).toBeUndefined();
    expect(JSON.stringify(await database().initialAccessToken.findMany())).not.toContain(token);
    await revokeToken('ours', formOf({ token_id: listed?.id ?? '' }));
    expect(await findInitialAccessToken(ours, token)).toBeUndefined();
  });

  it('may make one that never expires', async () => {
    await makeToken('ours', {}, formOf({ ...newToken, lifetime: 'never' }));
    expect((await findInitialAccessTokens(ours))[0]?.expiresAt).toBeNull();
  });

  it.each([
    [{ ...newToken, label: ' ' }, { label: ['Say whom or what the token is for.'] }],
    [{ ...newToken, label: 'x'.repeat(101) }, { label: ['The label must not be longer than 100 characters.'] }],
    [
      { ...newToken, label: 'a\u0007b' },
      { label: ['The label must not contain U+0007, which is not seen or is not what it looks like.'] },
    ],
    [{ ...newToken, lifetime: '3000' }, { lifetime: ['Choose when the token expires.'] }],
  ])('is told what is wrong with %j', async (fields, errors) => {
    const before = await findInitialAccessTokens(ours);
    const { token, errors: answered, typed } = await makeToken('ours', {}, formOf(fields));
    expect({ token, errors: answered, label: typed?.label }).toEqual({ token: undefined, errors, label: fields.label });
    expect(await findInitialAccessTokens(ours)).toEqual(before);
  });

  it('does not revoke the token of another sandbox, nor what is no token', async () => {
    const data = { sandboxId: theirs, hash: 'h', label: 'Theirs', madeBy: 'x' };
    const { id } = await database().initialAccessToken.create({ data });
    await revokeToken('ours', formOf({ token_id: id }));
    expect(await findInitialAccessTokens(theirs)).toHaveLength(1);
    await expect(revokeToken('ours', formOf({ token_id: 'x' }))).rejects.toThrow(/NEXT_/);
  });
});

it.each(['clinician', 'patient', 'stranger', 'nobody'])('%s does none of it', async (username) => {
  const before = [await findIssuer('ours'), await findInitialAccessTokens(ours)];
  const [token] = await findInitialAccessTokens(ours);
  if (username !== 'nobody') await signInAs(people[username as keyof typeof people]);
  await expect(changeMode('ours', {}, formOf({ registration: 'token' }))).rejects.toThrow(/NEXT_/);
  await expect(makeToken('ours', {}, formOf(newToken))).rejects.toThrow(/NEXT_/);
  await expect(revokeToken('ours', formOf({ token_id: token?.id ?? '' }))).rejects.toThrow(/NEXT_/);
  expect([await findIssuer('ours'), await findInitialAccessTokens(ours)]).toEqual(before);
});
