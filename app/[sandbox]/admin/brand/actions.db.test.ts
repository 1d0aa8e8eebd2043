import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findBrand, saveBrand } from '#lib/data/sandbox/brands.ts';
import { readBrand } from '#lib/smart/brand/brand.ts';
import { forgetCookies, formOf, signInAs } from '../../tests/action-request.ts';
import { makeTwoSandboxes, type TwoSandboxes } from '../../tests/people.ts';
import { changeBrand } from './actions.ts';

let people: TwoSandboxes['people'];

beforeAll(async () => {
  const { ours, ...others } = await makeTwoSandboxes();
  people = others.people;
  await saveBrand(ours, readBrand({ aliases: ['Old'] }));
});

beforeEach(() => forgetCookies());

describe('an administrator', () => {
  it('changes the brand of their own sandbox alone, and with it when it last changed', async () => {
    const [before, theirs] = [await findBrand('ours'), await findBrand('theirs')];
    await signInAs(people.admin);
    const state = await changeBrand('ours', {}, formOf({ color: '#0f6e84', 'addresses[0].city': 'Madison' }));
    expect(state.saved).toBe(true);
    const after = await findBrand('ours');
    expect(after?.brand).toMatchObject({ color: '#0f6e84', addresses: [{ city: 'Madison' }], aliases: [] });
    expect(after?.updatedAt.getTime()).toBeGreaterThan(before?.updatedAt.getTime() ?? Number.NaN);
    expect(await findBrand('theirs')).toEqual(theirs);
  });

  it('is told what is wrong, and nothing is saved', async () => {
    const before = await findBrand('ours');
    await signInAs(people.admin);
    const state = await changeBrand('ours', {}, formOf({ color: 'teal', aliases: 'New' }));
    expect(state.saved).toBeUndefined();
    expect(state.result?.error).toMatchObject({ color: ['This must be a colour such as #0b5f7c.'] });
    expect(await findBrand('ours')).toEqual(before);
  });

  it('adds an address without JavaScript, which saves nothing yet', async () => {
    const before = await findBrand('ours');
    await signInAs(people.admin);
    const intent = JSON.stringify({ type: 'insert', payload: { name: 'addresses' } });
    const state = await changeBrand('ours', {}, formOf({ aliases: 'New', __intent__: intent }));
    expect(state.saved).toBeUndefined();
    expect(state.result?.initialValue?.addresses).toHaveLength(1);
    expect(await findBrand('ours')).toEqual(before);
  });
});

it.each(['clinician', 'patient', 'stranger', 'nobody'])('%s changes nothing', async (username) => {
  const before = await findBrand('ours');
  if (username !== 'nobody') await signInAs(people[username as keyof typeof people]);
  await expect(changeBrand('ours', {}, formOf({ color: '#000000' }))).rejects.toThrow(/NEXT_/);
  expect(await findBrand('ours')).toEqual(before);
});
