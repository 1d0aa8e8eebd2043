import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { failures, faults, makeFallible, whileFailing } from '#lib/data/database/tests/failing-database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { findBrands } from '#lib/data/sandbox/brands.ts';
import { deleteSandbox } from '#lib/data/sandbox/deleted-sandboxes.ts';
import { findSandbox, findSandboxesOf } from '#lib/data/sandbox/sandboxes.ts';
import { createSandbox } from '#lib/data/seed/new-sandboxes.ts';
import { advanceFilling, claimFilling, findFillings, LostClaim } from '#lib/data/seed/sandbox-fillings.ts';
import { resetSandbox } from '#lib/data/seed/sandbox-reset.ts';
import { findSeed } from '#lib/data/seed/sandbox-seeds.ts';
import { log } from '#lib/log/log.ts';
import { backgroundTurns } from '#lib/work/background.ts';
import { Ending } from '#lib/work/ending.ts';
import { fillSandbox } from './fill-sandbox.ts';
import { workOnSandboxes } from './fill-sandboxes.ts';
import { checkUpload } from './uploaded-file.ts';

const now = new Date('2026-11-20T12:00:00Z');
const upload = { file: 'ward.json', origin: 'http://localhost:3000', now, exposed: false };
let maker: string;
let slug: string;

beforeAll(makeFallible);
beforeEach(async () => {
  const data = { username: randomUUID(), name: 'Maker', passwordHash: '' };
  maker = (await database().user.create({ data })).id;
  slug = `s-${randomUUID().slice(0, 8)}`;
});

const ward = (more: object = {}) => ({
  slug,
  name: 'Ward',
  launchLifetimeSeconds: 300,
  users: [],
  clients: [],
  data: [],
  total: 0,
  ...more,
});
const generated = (patients: number, seed = 1) => ({ data: [{ generate: { patients, seed } }], total: patients + 1 });

async function make(more: object = {}) {
  expect(await createSandbox(ward(more), { maker, now })).toBe('made');
  return (await findSandbox(slug))?.id ?? Number.NaN;
}

const contents = async (sandboxId: number) =>
  (await database().resource.findMany({ where: { sandboxId }, orderBy: [{ resourceType: 'asc' }, { id: 'asc' }] })).map(
    ({ resourceType, id, digest, versionId, deleted }) => `${resourceType}/${id} ${digest} ${versionId} ${deleted}`,
  );

describe('a sandbox made in a browser', () => {
  it('is empty by default, with its maker as the only member', async () => {
    const id = await make();
    await workOnSandboxes();
    expect(await contents(id)).toEqual([]);
    expect(await findSandboxesOf(maker)).toMatchObject([{ slug, role: 'admin' }]);
  });

  it('gets its patients a batch at a time, and is done', async () => {
    const id = await make(generated(3));
    expect(await database().sandboxFilling.findUnique({ where: { sandboxId: id } })).toMatchObject({
      position: 0,
      total: 4,
    });
    await workOnSandboxes();
    expect(await database().sandboxFilling.count({ where: { sandboxId: id } })).toBe(0);
    expect(await database().resource.count({ where: { sandboxId: id, resourceType: 'Patient' } })).toBe(3);
  });

  it('is given back between two batches when the process ends, and gone on with by the next one', async () => {
    const id = await make(generated(9));
    const claim = await claimFilling();
    if (!claim) throw new Error('Nothing to fill.');
    const ending = vi.spyOn(backgroundTurns, 'pass').mockImplementation(async () => {
      throw new Ending();
    });
    // Checking data passes turns as well; generated data need no check.
    await fillSandbox({ claim });
    ending.mockRestore();
    const left = await database().sandboxFilling.findUnique({ where: { sandboxId: id } });
    expect(left).toMatchObject({ leaseUntil: null, failure: null });
    expect(left?.written).toBeGreaterThan(0);
    expect(await contents(id)).toHaveLength(left?.written ?? Number.NaN);
    await workOnSandboxes();
    expect(await database().sandboxFilling.count({ where: { sandboxId: id } })).toBe(0);
  });

  it('is continued by another process where one died, and the dead one can write no more', async () => {
    const id = await make(generated(4));
    const dead = await claimFilling();
    if (!dead) throw new Error('nothing to claim');
    await workOnSandboxes();
    expect(await contents(id)).toEqual([]);
    const later = await database().sandboxFilling.update({
      where: { sandboxId: id },
      data: { leaseUntil: new Date(0), position: 2, written: 7 },
    });
    expect(later.position).toBe(2);
    await workOnSandboxes();
    // The claim says that the first two chunks (the hospital and the first patient) are in already, so they are
    // skipped.
    const patients = await database().resource.findMany({ where: { sandboxId: id, resourceType: 'Patient' } });
    expect(patients.map(({ id: patient }) => patient).sort()).toEqual(
      ['emma-larsson', 'maria-gonzalez', 'noah-nguyen'].sort(),
    );
    await expect(advanceFilling(dead, { position: 3 })).rejects.toThrow(LostClaim);
  });

  it('waits while the database is in trouble, says so, and then goes on where it was', async () => {
    vi.spyOn(log, 'error').mockImplementation(() => {});
    const id = await make(generated(3));
    const [[, fault = () => new Error()] = []] = faults;
    const { result } = await whileFailing({ from: 4, fault }, async () => {
      const work = workOnSandboxes();
      await vi.waitFor(() => expect(failures()).toBeGreaterThan(0), { timeout: 20_000 });
      return { work };
    });
    expect(await findFillings([id])).toMatchObject([{ failure: null, isWaiting: true }]);
    await result.work;
    expect(await findFillings([id])).toEqual([]);
    expect(await database().resource.count({ where: { sandboxId: id, resourceType: 'Patient' } })).toBe(3);
  });

  it('refuses an address that is taken, and changes nothing', async () => {
    const id = await make();
    expect(await createSandbox(ward({ name: 'Other' }), { maker, now })).toBe('slug-taken');
    expect(await findSandbox(slug)).toMatchObject({ id, name: 'Ward' });
  });

  it('takes an address as taken while accounts are named after it', async () => {
    const left = await database().user.create({ data: { username: `ann@${slug}`, name: 'Ann', passwordHash: '' } });
    expect(await createSandbox(ward(), { maker, now })).toBe('slug-taken');
    expect(await findSandbox(slug)).toBeUndefined();
    await database().user.delete({ where: { id: left.id } });
    expect(await createSandbox(ward(), { maker, now })).toBe('made');
  });
});

describe('an uploaded sandbox file', () => {
  const check = (file: unknown) => checkUpload(typeof file === 'string' ? file : JSON.stringify(file), upload);
  const problemsOf = async (file: unknown) => {
    const checked = await check(file);
    return 'problems' in checked ? checked.problems.map(({ path, reason }) => `${path}: ${reason}`) : [];
  };
  const user = { username: 'new-one', name: 'N', password: 'long-enough', role: 'patient', fhirUser: 'Patient/x' };
  const inline = [{ resources: [{ resourceType: 'Patient', id: 'x' }] }];

  it('may bring resources and people', async () => {
    expect(await problemsOf({ slug, name: 'W', users: [user], data: inline })).toEqual([]);
    for (const fhirUser of ['Patient/BILIBABY', 'Patient/p9']) {
      const data = [{ generate: { patients: 9 } }];
      expect(await problemsOf({ slug, name: 'W', users: [{ ...user, fhirUser }], data })).toEqual([]);
    }
  });

  it('brings no published password to where others can reach this server', async () => {
    const file = JSON.stringify({ slug, name: 'W', users: [{ ...user, password: 'admin-demo' }], data: inline });
    expect(await checkUpload(file, upload)).toHaveProperty('sandbox');
    expect(await checkUpload(file, { ...upload, exposed: true })).toMatchObject({
      problems: [{ path: '$.users[0].password', reason: expect.stringContaining('is published') }],
    });
  });

  it.each([
    ['no JSON', '{', [/^\$: is not JSON/]],
    [
      'files of this server',
      { data: ['/etc/passwd', '*.json'] },
      [/^\$\.data\[0\]: names a file/, /^\$\.data\[1\]: names a file/],
    ],
    [
      'invalid resources',
      { data: [{ resources: [{ resourceType: 'Patient', id: 'x', gender: 'blue' }] }] },
      [/gender/],
    ],
    ['a resource without an id', { data: [{ resources: [{ resourceType: 'Patient' }] }] }, [/has no id/]],
    ['people who are nobody', { users: [user] }, [/^\$\.users\[0\]\.fhirUser: Patient\/x is not in/]],
    [
      'a patient beyond those made',
      { users: [{ ...user, fhirUser: 'Patient/p10' }], data: [{ generate: { patients: 9 } }] },
      [/p10 is not in/],
    ],
    ['a reserved slug', { slug: 'admin' }, [/^\$\.slug/]],
    ['unknown members', { colour: 'red' }, [/colour/]],
    [
      'a name that is no text',
      { users: [{ ...user, name: 'N\0' }] },
      [/^\$\.users\[0\]: holds characters that are not/],
    ],
    ['half a character', { name: 'W\ud800' }, [/^\$\.name: holds characters that are not text/]],
    [
      'data that is no text',
      { data: [{ resources: [{ resourceType: 'Patient', id: 'x', gender: 'male', name: [{ text: 'a\0b' }] }] }] },
      [/Patient.name\[0\].text: /],
    ],
  ])('is refused with %s', async (_, more, reasons) => {
    const found = await problemsOf(typeof more === 'string' ? more : { slug, name: 'W', ...more });
    expect(found).toHaveLength(reasons.length);
    for (const [index, reason] of reasons.entries()) expect(found[index]).toMatch(reason);
  });

  it('names its people after the sandbox, so that it tells of nobody’s name elsewhere and takes over nobody', async () => {
    const before = await database().user.findUniqueOrThrow({ where: { id: maker } });
    const { username } = before;
    const client = { clientId: 'app', name: 'App', type: 'public', scope: 'launch', redirectUris: ['/samples/x/'] };
    const scenarios = [{ id: 'one', name: 'One', clientId: 'app', username }];
    const file = { slug, name: 'W', users: [{ ...user, username }], clients: [client], scenarios, data: inline };
    const checked = await check(file);
    if ('problems' in checked) throw new Error(JSON.stringify(checked.problems));
    expect(await createSandbox({ ...checked.sandbox, cdsServices: [], total: 0 }, { maker, now })).toBe('made');
    expect(await database().user.findUnique({ where: { id: maker } })).toEqual(before);
    const own = { username: `${username}@${slug}` };
    expect(await database().user.findUnique({ where: own })).toMatchObject({ name: 'N' });
    expect(await database().launchScenario.findFirst({ where: { sandbox: { slug } } })).toMatchObject(own);
  });

  it('has no two people of one name, in whatever form', async () => {
    const users = ['ann', `ann@${slug}`].map((username) => ({ ...user, username }));
    expect(await problemsOf({ slug, name: 'W', users, data: inline })).toEqual([
      '$.users[1].username: is the same as [0].username within this sandbox',
    ]);
  });

  it('creates what it describes, and the same again after a reset', async () => {
    const checked = await check({ slug, name: 'W', users: [user], data: [...inline, { generate: { patients: 1 } }] });
    if ('problems' in checked) throw new Error(JSON.stringify(checked.problems));
    expect(await createSandbox({ ...checked.sandbox, cdsServices: [], total: 3 }, { maker, now })).toBe('made');
    await workOnSandboxes();
    const id = (await findSandbox(slug))?.id ?? 0;
    const before = await contents(id);
    expect(before.length).toBeGreaterThan(20);
    expect(before.some((line) => line.startsWith('Patient/x '))).toBe(true);
    await putResources(id, [
      { resourceType: 'Patient', id: 'x', active: false } as never,
      { resourceType: 'Patient', id: 'y' } as never,
    ]);
    const seed = await findSeed(id);
    if (!seed) throw new Error('no seed');
    expect(JSON.stringify(seed)).not.toContain('long-enough');
    await resetSandbox(id, seed, { total: 3, now });
    await workOnSandboxes();
    expect(await contents(id)).toEqual(before);
    expect(await database().resourceVersion.count({ where: { sandboxId: id } })).toBe(0);
    expect(await database().membership.count({ where: { sandboxId: id } })).toBe(2);
  });
});

describe('deleting a sandbox', () => {
  it('makes every endpoint answer at once as if it were not there, and removes all its data and no other', async () => {
    const id = await make(generated(1));
    await workOnSandboxes();
    const [deleted, kept] = [slug, `${slug}-b`];
    slug = kept;
    const keptId = await make(generated(1));
    await workOnSandboxes();
    const before = await contents(keptId);
    const lone = await database().user.create({
      data: {
        username: randomUUID(),
        name: 'Lone',
        passwordHash: '',
        memberships: { create: { sandboxId: id, role: 'clinician' } },
      },
    });
    await deleteSandbox(id, maker);
    expect(await findSandbox(deleted)).toBeUndefined();
    expect((await findBrands()).map((brand) => brand.slug)).not.toContain(deleted);
    expect(await findSandboxesOf(maker)).toMatchObject([{ slug: kept }]);
    expect(await contents(id)).not.toEqual([]);
    await workOnSandboxes();
    expect(await database().sandbox.findUnique({ where: { id } })).toBeNull();
    expect(await contents(id)).toEqual([]);
    expect(await database().tokenIndex.count({ where: { sandboxId: id } })).toBe(0);
    expect(await contents(keptId)).toEqual(before);
    expect(await database().user.findUnique({ where: { id: lone.id } })).toBeNull();
    expect(await database().user.findUnique({ where: { id: maker } })).not.toBeNull();
    slug = deleted;
    expect(await make()).not.toBe(id);
  });

  it('stops the process that fills it', async () => {
    const id = await make(generated(2));
    const claim = await claimFilling();
    await deleteSandbox(id, maker);
    if (!claim) throw new Error('nothing to claim');
    await expect(advanceFilling(claim, {})).rejects.toThrow(LostClaim);
  });
});

describe('work of several sandboxes', () => {
  const another = () => `s-${randomUUID().slice(0, 8)}`;
  const left = (sandboxId: number) => database().resource.count({ where: { sandboxId } });

  it('is done in turns: none waits for a large one to be filled or cleared away', async () => {
    const large = await make(generated(100_000));
    slug = another();
    const cleared = await make();
    const observations = Array.from({ length: 4000 }, (_, index) => ({
      resourceType: 'Basic',
      id: `b${index}`,
      code: {},
    }));
    await putResources(cleared, observations as Parameters<typeof putResources>[1]);
    await deleteSandbox(cleared, maker);
    slug = another();
    const small = await make(generated(1));
    const working = workOnSandboxes();
    const isDone = async () => expect(await database().sandboxFilling.count({ where: { sandboxId: small } })).toBe(0);
    await vi.waitFor(isDone, { timeout: 50_000, interval: 20 });
    expect(await database().resource.count({ where: { sandboxId: small, resourceType: 'Patient' } })).toBe(1);
    // The hospital and a patient are one batch; the others had about as many turns meanwhile.
    expect(await left(large)).toBeLessThan(2500);
    expect(await left(cleared)).toBeGreaterThan(0);
    await deleteSandbox(large, maker);
    await working;
    expect([await left(large), await left(cleared)]).toEqual([0, 0]);
  });
});
