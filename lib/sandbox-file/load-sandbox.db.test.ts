import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { authenticateUser } from '#lib/data/member/users.ts';
import { findSeed } from '#lib/data/seed/sandbox-seeds.ts';
import { type LoadOptions, loadSandboxFiles } from './load-sandbox.ts';
import { missingSource } from './missing-sources.ts';
import { sourcesOf } from './seed-chunks.ts';

const folder = mkdtempSync(join(tmpdir(), 'load-sandbox-'));
afterAll(() => rmSync(folder, { recursive: true }));

const options: LoadOptions = { origin: 'http://localhost:3000', now: new Date('2026-11-20T12:00:00Z') };
const patientUuid = '0f6e2a6e-6d5c-4f0e-9f0b-6c9f6a1f0002';

function write(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function ward(more: object = {}) {
  return {
    slug: 'ward',
    name: 'Ward',
    users: [
      { username: 'ann', name: 'Ann', password: 'ann-password', role: 'clinician', fhirUser: 'Practitioner/ruth' },
    ],
    clients: [
      {
        clientId: 'app',
        name: 'App',
        type: 'secret',
        clientSecret: 'app-secret',
        scope: 'launch patient/*.rs',
        redirectUris: ['/samples/x/'],
      },
    ],
    data: ['data-*.json', 'more.ndjson'],
    ...more,
  };
}

/** A Bundle as Synthea writes them: urn:uuid references inside, practitioners by identifier. */
const bundle = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    {
      fullUrl: `urn:uuid:${patientUuid}`,
      resource: {
        resourceType: 'Patient',
        id: patientUuid,
        generalPractitioner: [{ reference: 'Practitioner?identifier=http://npi|99' }],
      },
      request: { method: 'POST', url: 'Patient' },
    },
    {
      fullUrl: 'urn:uuid:0f6e2a6e-6d5c-4f0e-9f0b-6c9f6a1f0003',
      resource: {
        resourceType: 'Observation',
        status: 'final',
        code: { text: 'Weight' },
        subject: { reference: `urn:uuid:${patientUuid}` },
      },
      request: { method: 'POST', url: 'Observation' },
    },
  ],
};
const practitioners = `{"resourceType":"Practitioner","id":"ruth","identifier":[{"system":"http://npi","value":"99"}]}\n\n`;

function writeData(observation = bundle): void {
  write('data-1.json', observation);
  write('more.ndjson', practitioners);
}

async function problemsOf(files: string[], chosen = options): Promise<string[]> {
  const { problems } = await loadSandboxFiles(files, chosen);
  return problems.map(({ path, reason }) => `${path}: ${reason}`);
}

async function counts() {
  const db = database();
  return {
    sandboxes: await db.sandbox.count(),
    users: await db.user.count(),
    clients: await db.client.count(),
    resources: await db.resource.count(),
  };
}

async function stored(resourceType: string) {
  const row = await database().resource.findFirstOrThrow({ where: { resourceType } });
  return { versionId: row.versionId, content: JSON.parse(String(row.content)) };
}

const nothing = { sandboxes: 0, users: 0, clients: 0, resources: 0 };
const everything = { sandboxes: 1, users: 1, clients: 1, resources: 3 };

describe('loadSandboxFiles', () => {
  it.each([
    ['a resource that is not valid R4', { data: ['bad.json'] }, 'Patient/bad'],
    ['a data file that is no JSON', { data: ['broken.json'] }, 'is not JSON'],
    ['a pattern that names no file', { data: ['absent/*.json'] }, 'no file matches absent/*.json'],
    ['a user whose resource is nowhere', { data: [] }, '$.users[0].fhirUser: Practitioner/ruth is neither'],
    ['a reference by identifier that finds nobody', { data: ['data-1.json'] }, 'Practitioner?identifier=http://npi|99'],
  ])('refuses the whole file for %s', async (_, more, reason) => {
    writeData();
    write('bad.json', { resourceType: 'Patient', id: 'bad', gender: 7 });
    write('broken.json', '{"resourceType": "Patient",');
    const file = write('ward.json', ward(more));
    expect(await problemsOf([file])).toContainEqual(expect.stringContaining(reason));
    expect(await counts()).toEqual(nothing);
  });

  it('loads users, clients and data with references made literal, whatever is wrong with other files', async () => {
    writeData();
    const bad = write('other.json', { slug: 'UPPER', name: 'Other' });
    const gone = join(folder, 'gone.json');
    const { loaded, problems } = await loadSandboxFiles([bad, write('ward.json', ward()), gone], options);
    expect(problems.map(({ file, path }) => [file, path])).toEqual([
      [bad, '$.slug'],
      [gone, '$'],
    ]);
    expect(loaded.map(({ resources }) => resources)).toEqual([3]);
    expect(await counts()).toEqual(everything);
    expect((await stored('Observation')).content.subject).toEqual({ reference: `Patient/${patientUuid}` });
    expect((await stored('Patient')).content.generalPractitioner).toEqual([{ reference: 'Practitioner/ruth' }]);
    expect(await authenticateUser('ann', 'ann-password')).toMatchObject({ name: 'Ann' });
  });

  it('changes nothing when it is loaded again', async () => {
    const before = await database().user.findFirst();
    const { loaded, warnings } = await loadSandboxFiles([join(folder, 'ward.json')], options);
    expect(loaded.map(({ resources }) => resources)).toEqual([0]);
    expect(warnings).toEqual([]);
    expect(await counts()).toEqual(everything);
    expect(await database().user.findFirst()).toEqual(before);
  });

  it('applies changes, and makes a new version of changed resources only', async () => {
    const changed = structuredClone(bundle);
    Object.assign(changed.entry[1]?.resource ?? {}, { status: 'amended' });
    writeData(changed);
    const client = { ...ward().clients[0], name: 'Renamed app' };
    await loadSandboxFiles([write('ward.json', ward({ clients: [client], launchLifetimeSeconds: 60 }))], options);
    expect(await counts()).toEqual(everything);
    expect((await database().client.findFirst())?.name).toBe('Renamed app');
    expect((await database().sandbox.findFirst())?.launchLifetime).toBe(60);
    expect(await stored('Observation')).toMatchObject({ versionId: 2, content: { status: 'amended' } });
    expect(await stored('Patient')).toMatchObject({ versionId: 1 });
  });

  it('gives clients the settings that the file names, and the usual ones again when it no longer does', async () => {
    const settings = { origins: ['https://b.example.org'], accessTokenLifetime: 600, refreshTokenLifetime: 86_400 };
    const read = () => database().client.findFirst({ where: { sandbox: { slug: 'settings' } } });
    const file = (client: object) => ({ ...ward({ data: [], users: [] }), slug: 'settings', clients: [client] });
    await loadSandboxFiles([write('settings.json', file({ ...ward().clients[0], ...settings }))], options);
    expect(await read()).toMatchObject(settings);
    await loadSandboxFiles([write('settings.json', file({ ...ward().clients[0] }))], options);
    expect(await read()).toMatchObject({ origins: [], accessTokenLifetime: null, refreshTokenLifetime: null });
  });

  it('says who may register apps, and leaves that alone when it says nothing', async () => {
    const read = () => database().sandbox.findFirst({ where: { slug: 'settings' } });
    const file = (change: object) => ({ slug: 'settings', name: 'Settings', ...change });
    const versionBefore = (await read())?.settingsVersion ?? 0;
    expect((await read())?.registration).toBe('off');
    for (const change of [{ registration: 'token' }, { registration: 'token' }, {}]) {
      await loadSandboxFiles([write('settings.json', file(change))], options);
      expect((await read())?.registration).toBe('token');
    }
    expect((await read())?.settingsVersion).toBeGreaterThan(versionBefore);
    const wrong = write('settings.json', file({ registration: 'everybody' }));
    expect(await problemsOf([wrong])).toEqual(['$.registration: must be one of off, token, open']);
  });

  it('leaves no password or secret in the rows', async () => {
    const rows = JSON.stringify([await database().user.findMany(), await database().client.findMany()]);
    for (const secret of ['ann-password', 'app-secret']) expect(rows).not.toContain(secret);
  });

  it('ships a demo file that every rule accepts', async () => {
    const demo = JSON.parse(readFileSync('prisma/seed/demo.json', 'utf8'));
    const file = write('small-demo.json', { ...demo, data: [{ generate: { patients: 5, seed: 1 } }] });
    const { loaded } = await loadSandboxFiles([file], options);
    expect(loaded[0]?.resources).toBeGreaterThan(100);
  });
});

it('takes no published password where others can reach this server', async () => {
  const users = [{ username: 'eve', name: 'Eve', password: 'ann-password', role: 'admin' }];
  const file = write('published.json', { slug: 'published', name: 'Published', users });
  expect(await problemsOf([file], { ...options, exposed: true })).toEqual([
    expect.stringMatching(/^\$\.users\[0\]\.password: is published with this software/),
  ]);
  expect(await database().user.count({ where: { username: 'eve' } })).toBe(0);
  expect(await problemsOf([file])).toEqual([]);
});

describe('a pointer that leads nowhere', () => {
  const file = () =>
    write('pointers.json', {
      slug: 'pointers',
      name: 'Pointers',
      users: [
        { username: 'pia', name: 'Pia', password: 'pia-password', role: 'clinician', fhirUser: 'Practitioner/pia' },
        { username: 'pam', name: 'Pam', password: 'pam-password', role: 'patient', proxyFor: ['kid'] },
      ],
      clients: [{ ...ward().clients[0], clientId: 'pointed' }],
      scenarios: [{ id: 'one', name: 'One', clientId: 'pointed', parameters: { patient: 'kid', encounter: 'visit' } }],
      data: [
        {
          resources: [
            { resourceType: 'Practitioner', id: 'pia' },
            { resourceType: 'Patient', id: 'kid' },
            { resourceType: 'Encounter', id: 'visit', status: 'finished', class: { code: 'AMB' } },
          ],
        },
      ],
    });

  it('is a warning once the sandbox is there, as its data are changed over FHIR', async () => {
    expect(await loadSandboxFiles([file()], options)).toMatchObject({ problems: [], warnings: [] });
    await database().resource.updateMany({ where: { sandbox: { slug: 'pointers' } }, data: { deleted: true } });
    const { loaded, problems, warnings } = await loadSandboxFiles([file()], options);
    expect(loaded).toHaveLength(1);
    expect(problems).toEqual([]);
    expect(warnings.map(({ path, reason }) => `${path}: ${reason.split(' ')[0]}`)).toEqual([
      '$.users[0].fhirUser: Practitioner/pia',
      '$.users[1].proxyFor[0]: Patient/kid',
      '$.scenarios[0].parameters.patient: Patient/kid',
      '$.scenarios[0].parameters.encounter: Encounter/visit',
    ]);
    expect(warnings.map(({ reason }) => /, and (.*)/.exec(reason)?.[1])).toEqual(
      ['user pia stands for it', 'user pam acts for it', 'scenario one is about it', 'scenario one is about it'].map(
        (use) => `the ${use}. If it was deleted, write it again over FHIR under this id, or name another one here`,
      ),
    );
  });
});

describe('a name that two files give', () => {
  const file = (slug: string, password: string) =>
    write(`${slug}.json`, {
      slug,
      name: slug,
      users: [{ username: 'noor', name: `Noor of ${slug}`, password, role: 'admin' }],
      clients: [{ ...ward().clients[0] }],
      scenarios: [{ id: 'hers', name: 'Hers', clientId: 'app', username: 'noor' }],
    });
  const scenarioOf = async (slug: string) =>
    (await database().launchScenario.findFirstOrThrow({ where: { sandbox: { slug } } })).username;

  it('is two people when its passwords differ, at the first start and at each further one', async () => {
    const files = [file('north', 'north-password'), file('south', 'south-password')];
    for (const start of ['first', 'second']) {
      const { loaded, problems, warnings } = await loadSandboxFiles(files, options);
      expect(
        loaded.map(({ sandbox }) => sandbox.slug),
        start,
      ).toEqual(['north', 'south']);
      expect(problems).toEqual([]);
      expect(warnings).toEqual([
        { file: files[1], path: '$.users[0].username', reason: expect.stringContaining('signs in as noor@south') },
      ]);
      expect(await authenticateUser('noor', 'north-password')).toMatchObject({ name: 'Noor of north' });
      expect(await authenticateUser('noor@south', 'south-password')).toMatchObject({ name: 'Noor of south' });
      expect(await authenticateUser('noor', 'south-password')).toBeUndefined();
      expect([await scenarioOf('north'), await scenarioOf('south')]).toEqual(['noor', 'noor@south']);
    }
    expect(await database().user.count({ where: { username: { startsWith: 'noor' } } })).toBe(2);
  });

  it('is one person when they are the same, whose password one file alone does not change', async () => {
    const files = [file('east', 'shared-password'), file('west', 'shared-password')];
    for (const user of await database().user.findMany({ where: { username: { startsWith: 'noor' } } })) {
      await database().user.delete({ where: { id: user.id } });
    }
    expect(await loadSandboxFiles(files, options)).toMatchObject({ problems: [], warnings: [] });
    const { id } = await database().user.findUniqueOrThrow({ where: { username: 'noor' } });
    expect(await database().membership.count({ where: { userId: id } })).toBe(2);
    expect(await problemsOf([file('west', 'another-password')])).toEqual([
      expect.stringMatching(/^\$\.users\[0\]\.username: noor is also a user of east, with another password/),
    ]);
    expect(await authenticateUser('noor', 'shared-password')).toBeDefined();
  });

  it('is not taken from a space of names that belongs to another sandbox', async () => {
    const users = [{ username: 'eve@future', name: 'Eve', password: 'eve-password', role: 'admin' }];
    const squatting = write('squatting.json', { slug: 'squatting', name: 'Squatting', users });
    await loadSandboxFiles([squatting], options);
    expect(await authenticateUser('eve@future', 'eve-password')).toBeUndefined();
    expect(await authenticateUser('eve@future@squatting', 'eve-password')).toBeDefined();
  });
});

it('leaves out a file that fails in a way that nobody foresaw, and goes on', async () => {
  const good = write('after.json', { slug: 'after', name: 'After' });
  const odd = { ...options, onProgress: () => expect.fail('quoted\nonly this is told') };
  const failing = write('failing.json', {
    slug: 'failing',
    name: 'Failing',
    data: [{ resources: [{ resourceType: 'Patient', id: 'p' }] }],
  });
  const { loaded, problems } = await loadSandboxFiles([failing, good], odd);
  expect(loaded.map(({ sandbox }) => sandbox.slug)).toEqual(['after']);
  expect(problems).toEqual([{ file: failing, path: '$', reason: 'could not be loaded: only this is told' }]);
  expect(await database().sandbox.count({ where: { slug: 'failing' } })).toBe(0);
});

it('opens data files outside of the folder of the sandbox file only when it is told to, and remembers that', async () => {
  mkdirSync(join(folder, 'inner'), { recursive: true });
  write('shadow', 'root:$6$salt$hash:19000:0:99999:7:::');
  write('outer.json', { resourceType: 'Patient', id: 'outer' });
  for (const [data, reason] of [
    ['../shadow', 'leads out of the folder of the sandbox file; if you trust the file, start with --outside-data'],
    [join(folder, 'outer.json'), 'leads out of the folder'],
  ]) {
    const file = write('inner/reading.json', { slug: 'reading', name: 'Reading', data: [data] });
    expect(await problemsOf([file])).toEqual([expect.stringContaining(`$.data[0]: ${data} ${reason}`)]);
  }
  const shadow = write('inner/reading.json', { slug: 'reading', name: 'Reading', data: ['../shadow'] });
  const [told] = await problemsOf([shadow], { ...options, outside: true });
  expect(told).toBe('$: is not JSON: Unexpected character (line 1, column 1)');
  const file = write('inner/reading.json', { slug: 'reading', name: 'Reading', data: ['../outer.json'] });
  expect(await problemsOf([file], { ...options, outside: true })).toEqual([]);
  const { id } = await database().sandbox.findUniqueOrThrow({ where: { slug: 'reading' } });
  expect(missingSource(sourcesOf(await findSeed(id)))).toBeUndefined();
  const before = { ...sourcesOf(await findSeed(id)), outside: undefined };
  expect(missingSource(before)).toMatch(/leads out of the folder .* with --outside-data/);
});
