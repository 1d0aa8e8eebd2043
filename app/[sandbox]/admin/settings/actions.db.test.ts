import { beforeEach, describe, expect, it, vi } from 'vitest';
import { database } from '#lib/data/database.ts';
import { findIssuer } from '#lib/data/issuers.ts';
import { findSettings } from '#lib/data/sandbox-settings.ts';
import { workOnSandboxes } from '#lib/sandbox-file/fill-sandboxes.ts';
import { makeSandbox } from '../../../sandboxes/new/actions.ts';
import { forgetCookies, formOf, signInAs } from '../../tests/action-request.ts';
import { makeTwoSandboxes, type TwoSandboxes } from '../../tests/people.ts';
import { changeSettings, deleteThisSandbox, resetToSeed } from './actions.ts';

vi.mock('next/headers', async () => (await import('../../tests/action-request.ts')).nextHeaders);
vi.mock('next/cache', async () => (await import('../../tests/action-request.ts')).nextCache);
vi.stubEnv('__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS', 'true');

let ours: number;
let people: TwoSandboxes['people'];

beforeEach(async () => {
  await database().sandbox.deleteMany();
  await database().user.deleteMany();
  ({ ours, people } = await makeTwoSandboxes());
  forgetCookies();
  await signInAs(people.admin);
});

const settings = { name: 'New name', launchLifetime: '60', accessTokenLifetime: '', refreshTokenLifetime: '86400' };

describe('settings', () => {
  it('are saved, and the authorization server is made anew', async () => {
    const before = await findIssuer('ours');
    expect(await changeSettings('ours', {}, formOf({ ...settings, orchestrateScope: 'on' }))).toMatchObject({
      saved: true,
    });
    expect(await findSettings(ours)).toEqual({
      ...{ name: 'New name', launchLifetime: 60, orchestrateScope: true },
      ...{ accessTokenLifetime: null, refreshTokenLifetime: 86400 },
    });
    expect((await findIssuer('ours'))?.settingsVersion).toBe((before?.settingsVersion ?? 0) + 1);
    expect((await findIssuer('theirs'))?.name).toBe('Theirs');
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: 'a\0' }, 'name'],
    [{ launchLifetime: '' }, 'launchLifetime'],
    [{ launchLifetime: '0' }, 'launchLifetime'],
    [{ launchLifetime: '3601' }, 'launchLifetime'],
    [{ accessTokenLifetime: '1.5' }, 'accessTokenLifetime'],
    [{ refreshTokenLifetime: '-1' }, 'refreshTokenLifetime'],
    [{ orchestrateScope: 'maybe' }, 'orchestrateScope'],
  ])('with %j are refused beside the field, and nothing is saved', async (change, field) => {
    const before = await findSettings(ours);
    const { errors, saved } = await changeSettings('ours', {}, formOf({ ...settings, ...change }));
    expect([Object.keys(errors ?? {}), saved]).toEqual([[field], undefined]);
    expect(await findSettings(ours)).toEqual(before);
  });
});

describe('making, resetting and deleting', () => {
  const form = { content: 'generated', name: 'Fresh', slug: 'fresh', patients: '1', seed: '7' };
  const patients = (slug: string) =>
    database().resource.count({ where: { resourceType: 'Patient', sandbox: { slug } } });

  it('is for administrators of some sandbox', async () => {
    for (const person of ['clinician', 'patient'] as const) {
      await signInAs(people[person]);
      await expect(makeSandbox({}, formOf(form))).rejects.toMatchObject({ digest: 'NEXT_HTTP_ERROR_FALLBACK;403' });
    }
    forgetCookies();
    await expect(makeSandbox({}, formOf(form))).rejects.toThrow('NEXT_REDIRECT');
    expect(await database().sandbox.count()).toBe(2);
  });

  it('makes one, resets it and deletes it', async () => {
    await expect(makeSandbox({}, formOf(form))).rejects.toThrow('NEXT_REDIRECT');
    await workOnSandboxes();
    expect(await patients('fresh')).toBe(1);
    await expect(resetToSeed('fresh', formOf({ slug: 'ours' }))).rejects.toThrow(/NEXT_HTTP/);
    await database().sandbox.update({ where: { slug: 'fresh' }, data: { name: 'Changed' } });
    await resetToSeed('fresh', formOf({ slug: 'fresh' }));
    await workOnSandboxes();
    expect([await patients('fresh'), (await findIssuer('fresh'))?.name]).toEqual([1, 'Fresh']);
    await expect(deleteThisSandbox('fresh', formOf({}))).rejects.toThrow(/NEXT_HTTP/);
    await expect(deleteThisSandbox('fresh', formOf({ slug: 'fresh' }))).rejects.toThrow('NEXT_REDIRECT');
    await expect(deleteThisSandbox('fresh', formOf({ slug: 'fresh' }))).rejects.toMatchObject({
      digest: 'NEXT_HTTP_ERROR_FALLBACK;404',
    });
    await workOnSandboxes();
    expect(await database().sandbox.count()).toBe(2);
  });

  it.each([
    [{ slug: 'admin' }, 'slug'],
    [{ slug: 'ours' }, 'slug'],
    [{ slug: '~1' }, 'slug'],
    [{ name: '' }, 'name'],
    [{ patients: '0' }, 'patients'],
    [{ patients: '100001' }, 'patients'],
    [{ seed: 'x' }, 'seed'],
    [{ content: 'everything' }, 'content'],
    [{ content: 'file', file: 'text' }, 'file'],
  ])('makes nothing from %j', async (change, field) => {
    const state = await makeSandbox({}, formOf({ ...form, ...change }));
    expect(Object.keys(state.errors ?? {})).toEqual([field]);
    expect(await database().sandbox.count()).toBe(2);
  });
});
