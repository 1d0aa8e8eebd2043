import { beforeAll, beforeEach, expect, it } from 'vitest';
import { describeSigningKeys, findSigningKeys } from '#lib/data/token/signing-keys.ts';
import { forgetCookies, signInAs } from '../../tests/action-request.ts';
import { makeTwoSandboxes, type TwoSandboxes } from '../../tests/people.ts';
import { rotateKeys } from './actions.ts';

let ours: number;
let theirs: number;
let people: TwoSandboxes['people'];

beforeAll(async () => {
  ({ ours, theirs, people } = await makeTwoSandboxes());
  await Promise.all([findSigningKeys(ours), findSigningKeys(theirs)]);
});

beforeEach(() => forgetCookies());

it('an administrator rotates the keys of their own sandbox alone', async () => {
  await signInAs(people.admin);
  await rotateKeys('ours');
  expect([await describeSigningKeys(ours), await describeSigningKeys(theirs)].map((keys) => keys.length)).toEqual([
    4, 2,
  ]);
});

it.each(['clinician', 'patient', 'stranger', 'nobody'])('%s does not', async (username) => {
  const before = await describeSigningKeys(ours);
  if (username !== 'nobody') await signInAs(people[username as keyof typeof people]);
  await expect(rotateKeys('ours')).rejects.toThrow(/NEXT_/);
  expect(await describeSigningKeys(ours)).toEqual(before);
});
