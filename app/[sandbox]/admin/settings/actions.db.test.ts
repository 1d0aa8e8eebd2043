import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { findIssuer } from '#lib/data/sandbox/issuers.ts';
import { findSettings } from '#lib/data/sandbox/settings.ts';
import { resetSandbox } from '#lib/data/seed/sandbox-reset.ts';
import { findSeed } from '#lib/data/seed/sandbox-seeds.ts';
import { workOnSandboxes } from '#lib/sandbox-file/fill-sandboxes.ts';
import { missingSource } from '#lib/sandbox-file/missing-sources.ts';
import { makeSandbox } from '../../../sandboxes/new/actions.ts';
import { forgetCookies, formOf, signInAs } from '../../tests/action-request.ts';
import { makeTwoSandboxes, type TwoSandboxes } from '../../tests/people.ts';
import { changeSettings, deleteThisSandbox, resetToSeed } from './actions.ts';

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
      name: 'New name',
      launchLifetime: 60,
      orchestrateScope: true,
      accessTokenLifetime: null,
      refreshTokenLifetime: 86400,
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

describe('a sandbox whose data files are gone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ehr-sandbox-reset-'));
  const dataFile = join(folder, 'ward.json');
  const ann = { resourceType: 'Patient' as const, id: 'ann' };
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeEach(async () => {
    const seed = { file: join(folder, 'sandbox.json'), definition: { slug: 'ours', name: 'Seed' }, clients: [] };
    const data = { seed: { ...seed, data: ['ward.json'] } };
    await database().sandbox.update({ where: { id: ours }, data });
    await putResources(ours, [ann]);
    await database().consent.deleteMany();
  });

  const held = async () => ({
    resources: (await database().resource.findMany({ where: { sandboxId: ours } })).map(({ id }) => id),
    name: (await database().sandbox.findUniqueOrThrow({ where: { id: ours } })).name,
    fillings: await database().sandboxFilling.count(),
  });
  const reset = () => resetToSeed('ours', formOf({ slug: 'ours' }));

  it('is not reset: nothing is taken out, and the page says which file is missing', async () => {
    rmSync(dataFile, { force: true });
    await expect(reset()).rejects.toMatchObject({
      digest: expect.stringContaining('/ours/admin/settings?refused=reset'),
    });
    await workOnSandboxes();
    expect(await held()).toEqual({ resources: ['ann'], name: 'Ours', fillings: 0 });
    const file = join(folder, 'sandbox.json');
    expect(missingSource({ file, data: ['ward.json', { generate: { patients: 1, seed: 1 } }] })).toMatch(
      /^The data file ward\.json that this sandbox was made from is not there any more\. Put it back/,
    );
  });

  it('is not reset where its file is none that can be read', async () => {
    mkdirSync(dataFile);
    await expect(reset()).rejects.toThrow('NEXT_REDIRECT');
    rmSync(dataFile, { recursive: true });
    expect(await held()).toEqual({ resources: ['ann'], name: 'Ours', fillings: 0 });
  });

  it('is not reset where its file has become a link that leads out of its folder', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    writeFileSync(join(elsewhere, 'bob.json'), JSON.stringify({ ...ann, id: 'bob' }));
    symlinkSync(join(elsewhere, 'bob.json'), dataFile);
    await expect(reset()).rejects.toThrow('NEXT_REDIRECT');
    rmSync(dataFile);
    rmSync(elsewhere, { recursive: true });
    expect(await held()).toEqual({ resources: ['ann'], name: 'Ours', fillings: 0 });
  });

  it.each([
    ['is no JSON', '{', 'is not JSON'],
    ['is not valid', '{"resourceType":"Patient","id":"bob","gender":"blue"}', 'gender'],
  ])('keeps its data when the file %s, and says so', async (_, text, reason) => {
    writeFileSync(dataFile, text);
    await reset();
    await workOnSandboxes();
    expect(await held()).toEqual({ resources: ['ann'], name: 'Seed', fillings: 1 });
    const { failure } = await database().sandboxFilling.findFirstOrThrow();
    expect(failure).toContain(reason);
    expect(failure).toContain('What the sandbox held is still there.');
  });

  it('keeps its data when the file goes between the click and the work', async () => {
    writeFileSync(dataFile, JSON.stringify({ ...ann, id: 'bob' }));
    const seed = await findSeed(ours);
    if (!seed) throw new Error('no seed');
    await resetSandbox(ours, seed, { total: 1, now: new Date() });
    rmSync(dataFile);
    await workOnSandboxes();
    expect((await held()).resources).toEqual(['ann']);
    expect((await database().sandboxFilling.findFirstOrThrow()).failure).toContain('no file matches ward.json');
  });

  it('is reset once the file is back', async () => {
    writeFileSync(dataFile, JSON.stringify({ ...ann, id: 'bob' }));
    await reset();
    await workOnSandboxes();
    expect(await held()).toEqual({ resources: ['bob'], name: 'Seed', fillings: 0 });
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
