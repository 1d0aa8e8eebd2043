import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { authenticateUser } from '#lib/data/member/users.ts';
import { loadSandboxFiles } from './load-sandbox.ts';

const folder = mkdtempSync(join(tmpdir(), 'load-sandbox-'));
afterAll(() => rmSync(folder, { recursive: true }));

const options = { origin: 'http://localhost:3000', now: new Date('2026-11-20T12:00:00Z') };
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
    await expect(loadSandboxFiles([file], options)).rejects.toThrow(reason);
    expect(await counts()).toEqual(nothing);
  });

  it('applies none of several files when one is wrong', async () => {
    writeData();
    const good = write('ward.json', ward());
    const bad = write('other.json', { slug: 'UPPER', name: 'Other' });
    await expect(loadSandboxFiles([good, bad], options)).rejects.toThrow('$.slug');
    expect(await counts()).toEqual(nothing);
  });

  it('loads users, clients and data with references made literal', async () => {
    writeData();
    const [loaded] = await loadSandboxFiles([write('ward.json', ward())], options);
    expect(loaded?.resources).toBe(3);
    expect(await counts()).toEqual(everything);
    expect((await stored('Observation')).content.subject).toEqual({ reference: `Patient/${patientUuid}` });
    expect((await stored('Patient')).content.generalPractitioner).toEqual([{ reference: 'Practitioner/ruth' }]);
    expect(await authenticateUser('ann', 'ann-password')).toMatchObject({ name: 'Ann' });
  });

  it('changes nothing when it is loaded again', async () => {
    const before = await database().user.findFirst();
    const [loaded] = await loadSandboxFiles([join(folder, 'ward.json')], options);
    expect(loaded?.resources).toBe(0);
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

  it('keeps another sandbox from taking over a user by name', async () => {
    const thief = { username: 'ann', name: 'Thief', password: 'thief-password', role: 'admin' };
    const file = write('thief.json', { slug: 'thief', name: 'Thief', users: [thief] });
    await expect(loadSandboxFiles([file], options)).rejects.toThrow(
      '$.users[0].username: ann is a user of another sandbox',
    );
    expect(await authenticateUser('ann', 'ann-password')).toBeDefined();
    expect(await database().sandbox.count()).toBe(1);
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
    await expect(loadSandboxFiles([wrong], options)).rejects.toThrow('$.registration: must be one of off, token, open');
  });

  it('leaves no password or secret in the rows', async () => {
    const rows = JSON.stringify([await database().user.findMany(), await database().client.findMany()]);
    for (const secret of ['ann-password', 'app-secret']) expect(rows).not.toContain(secret);
  });

  it('ships a demo file that every rule accepts', async () => {
    const demo = JSON.parse(readFileSync('prisma/seed/demo.json', 'utf8'));
    const file = write('small-demo.json', { ...demo, data: [{ generate: { patients: 5, seed: 1 } }] });
    const [loaded] = await loadSandboxFiles([file], options);
    expect(loaded?.resources).toBeGreaterThan(100);
  });
});

it('takes no published password where others can reach this server', async () => {
  const users = [{ username: 'eve', name: 'Eve', password: 'ann-password', role: 'admin' }];
  const file = write('published.json', { slug: 'published', name: 'Published', users });
  await expect(loadSandboxFiles([file], { ...options, exposed: true })).rejects.toThrow(
    /\$\.users\[0\]\.password: is published with this software/,
  );
  expect(await database().user.count({ where: { username: 'eve' } })).toBe(0);
  expect(await loadSandboxFiles([file], options)).toHaveLength(1);
});
