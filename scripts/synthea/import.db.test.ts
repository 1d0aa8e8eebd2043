import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FhirResource } from 'fhir/r4';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { findDataFiles } from '#lib/import/data-files.ts';
import { type ImportProgress, runImport } from '#lib/import/run-import.ts';
import { writeSyntheaFolder } from './folder.ts';

const root = mkdtempSync(join(tmpdir(), 'ehr-sandbox-import-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let sandboxId: number;
let folder: string;
let number = 0;
beforeEach(async () => {
  number += 1;
  folder = join(root, String(number));
  mkdirSync(folder);
  ({ id: sandboxId } = await database().sandbox.create({ data: { slug: `s${number}`, name: 'S' } }));
});

function file(name: string, content: unknown): void {
  writeFileSync(
    join(folder, name),
    typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content),
  );
}

function run(options = {}, into = sandboxId): Promise<ImportProgress> {
  return runImport(into, findDataFiles([folder]), options);
}

const stored = (into = sandboxId) => database().resource.count({ where: { sandboxId: into } });
const patient = (id: string, more = {}) => ({ resourceType: 'Patient', id, ...more });
const bundle = (type: string, ...resources: object[]) => ({
  resourceType: 'Bundle',
  type,
  entry: resources.map((resource) => ({ resource })),
});
const observation = (id: string, subject: string, more = {}) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: 'x' },
  subject: { reference: subject },
  ...more,
});

async function contentOf(id: string): Promise<FhirResource> {
  const { content } = await database().resource.findFirstOrThrow({ where: { sandboxId, id } });
  return JSON.parse(content);
}

it("imports a folder like Synthea's, linked, findable and in its compartments, and nothing the second time", async () => {
  const { resources } = writeSyntheaFolder(folder, { bundles: 3, resourcesPerBundle: 60 });
  const first = await run();
  expect(first).toMatchObject({ created: resources, updated: 0, imported: 5, skipped: 0, problems: [] });
  expect(first.bytes).toBe(findDataFiles([folder]).reduce((sum, { size }) => sum + size, 0));
  expect(await stored()).toBe(resources);
  expect(await database().resource.count({ where: { sandboxId, content: { contains: 'urn:uuid:' } } })).toBe(0);
  expect(await database().resource.count({ where: { sandboxId, content: { contains: '?identifier=' } } })).toBe(0);
  const found = await database().referenceIndex.count({
    where: { sandboxId, resourceType: 'Observation', parameter: 'performer', targetType: 'Practitioner' },
  });
  expect(found).toBeGreaterThan(10);
  const encounter = await database().resource.findFirstOrThrow({ where: { sandboxId, resourceType: 'Encounter' } });
  expect(encounter.patients).toHaveLength(1);
  expect(encounter.patients[0]).toMatch(new RegExp(`^${sandboxId}/`));
  expect(await run()).toMatchObject({ created: 0, updated: 0, unchanged: 0, imported: 0, skipped: 5, problems: [] });
});

describe('a file is all or nothing, and the others go in', () => {
  it.each<[what: string, content: unknown, reason: RegExp]>([
    ['no JSON', '{"resourceType": "Patient",', /is not JSON/],
    ['an empty file', '', /is not JSON/],
    ['no resource', '[1]', /no resourceType/],
    ['null', 'null', /no resourceType/],
    ['an unknown type', patient('x', { resourceType: 'Martian' }), /Unknown resource type/],
    ['a resource without an id', { resourceType: 'Patient' }, /has no id/],
    ['an id of a wrong form', patient('a b'), /id/],
    ['a wrong birth date', bundle('collection', patient('ok'), patient('x', { birthDate: 'soon' })), /birthDate/],
    ['an entry that is no object', { resourceType: 'Bundle', type: 'batch', entry: [null] }, /no list of entries/],
    ['entries that are no list', { resourceType: 'Bundle', type: 'batch', entry: 'x' }, /no list of entries/],
    ['nesting without end', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, /no resourceType|deep/],
    ['a deep resource', nested(200), /Nested deeper/],
    ['a resource without end', nested(100_000), /[Nn]ested|is not JSON/],
    [
      'a Bundle without end',
      `{"resourceType":"Bundle","type":"batch","entry":[{"resource":${nested(100_000)}}]}`,
      /nested deeper than 1000/,
    ],
    ['a polluting key', '{"resourceType":"Patient","id":"x","__proto__":{"a":1}}', /__proto__/],
    ['a NUL character', patient('x', { name: [{ family: 'a\0b' }] }), /NUL|format/],
    ['a reference to no practitioner', observation('x', 'Patient?identifier=http://mrn|404'), /no resource has that/],
    [
      'a reference to two',
      bundle('batch', observation('x', 'Patient?identifier=http://mrn|2')),
      /twin1.*twin2|twin2.*twin1/,
    ],
    ['a urn to nowhere', bundle('transaction', observation('x', 'urn:uuid:1')), /no fullUrl of this Bundle/],
    [
      'a deletion',
      { ...bundle('batch'), entry: [{ request: { method: 'DELETE', url: 'Patient/a' } }] },
      /has no resource/,
    ],
  ])('%s', async (_, content, reason) => {
    const twins = ['twin1', 'twin2'].map((id) => patient(id, { identifier: [{ system: 'http://mrn', value: '2' }] }));
    file('a.json', bundle('collection', ...twins));
    file('bad.json', content);
    file('c.json', patient('c'));
    const done = await run();
    expect(done.created).toBe(3);
    expect(await stored()).toBe(3);
    expect(done.problems[0]?.file).toMatch(/bad\.json$/);
    expect(done.problems[0]?.reason).toMatch(reason);
    // A bad file stays bad until it is corrected.
    expect(await run()).toMatchObject({ created: 0, skipped: 2, problems: [{ reason: done.problems[0]?.reason }] });
  });

  it('--strict ends at the first', async () => {
    file('a.json', patient('a'));
    file('b.json', '{');
    file('c.json', patient('c'));
    expect(await run({ strict: true })).toMatchObject({ created: 1, problems: [{ path: '$' }] });
    expect(await stored()).toBe(1);
  });
});

function nested(levels: number): string {
  const inner = `${'{"url":"u","extension":['.repeat(levels)}${']}'.repeat(levels)}`;
  return `{"resourceType":"Patient","id":"x","extension":[${inner}]}`;
}

describe('files of lines', () => {
  const line = (id: number) => JSON.stringify(patient(`p${id}`, { name: [{ text: 'x'.repeat(2000) }] }));

  it('go in by parts, right lines without wrong ones, and are looked at again until all are right', async () => {
    file('p.ndjson', `${line(1)}\r\n\n{"resourceType":"Patient"}\n${line(2)}`);
    const done = await run();
    expect(done).toMatchObject({ created: 2, imported: 0, problems: [{ path: 'line 3', reason: 'has no id' }] });
    expect(await run()).toMatchObject({ created: 0, unchanged: 2, problems: [{ path: 'line 3' }] });
    file('p.ndjson', `${line(1)}\n${line(2)}`);
    expect(await run()).toMatchObject({ created: 0, unchanged: 2, imported: 1, problems: [] });
    expect(await run()).toMatchObject({ unchanged: 0, skipped: 1 });
  });

  it('are taken by lines that name their places, and go on inside', async () => {
    const lines = Array.from({ length: 2400 }, (_, index) => line(index));
    file('p.ndjson', lines.join('\n'));
    const seen: number[] = [];
    const done = await run({ onProgress: ({ bytes }: ImportProgress) => seen.push(bytes) });
    expect(done).toMatchObject({ created: 2400, imported: 3 });
    expect(seen).toHaveLength(3);
    expect(done.bytes).toBe(findDataFiles([folder])[0]?.size);
    // The appended lines are new; those before are not imported again.
    await database().importedPart.deleteMany({ where: { sandboxId, place: { not: 'from line 1' } } });
    expect(await run()).toMatchObject({
      created: 0,
      unchanged: 2400 - (await lengthOfFirst()),
      imported: 2,
      skipped: 1,
    });
    file('p.ndjson', [...lines, '{', line(9999)].join('\n'));
    expect(await run()).toMatchObject({ created: 1, problems: [{ path: 'line 2401' }] });
  });

  async function lengthOfFirst(): Promise<number> {
    const part = await database().importedPart.findFirstOrThrow({ where: { sandboxId, place: 'from line 1' } });
    return part.resources;
  }

  it('and single files may be gzipped', async () => {
    file('a.json.gz', gzipSync(JSON.stringify(patient('a'))));
    file('b.ndjson.gz', gzipSync(`${line(1)}\n${line(2)}`));
    file('broken.json.gz', 'not gzip');
    const done = await run();
    expect(done).toMatchObject({ created: 3, problems: [{ path: '$' }] });
    expect(done.problems[0]?.reason).toMatch(/cannot be read/);
  });
});

it('replaces what has changed and keeps its former version', async () => {
  file('a.json', patient('a', { gender: 'male' }));
  await run();
  file('a.json', patient('a', { gender: 'female' }));
  expect(await run()).toMatchObject({ created: 0, updated: 1 });
  expect(await contentOf('a')).toMatchObject({ gender: 'female', meta: { versionId: '2' } });
  expect(await database().resourceVersion.count({ where: { sandboxId, id: 'a' } })).toBe(1);
  const codes = await database().tokenIndex.findMany({ where: { sandboxId, parameter: 'gender' } });
  expect(codes.map(({ code }) => code)).toEqual(['female']);
});

it('finds by identifier only what lies in the same sandbox', async () => {
  const { id: other } = await database().sandbox.create({ data: { slug: `other${number}`, name: 'O' } });
  const mrn = patient('p', { identifier: [{ system: 'http://mrn', value: '1' }] });
  file('a.json', mrn);
  await run({}, other);
  file('a.json', observation('o', 'Patient?identifier=http://mrn|1'));
  expect((await run()).problems[0]?.reason).toMatch(/no resource has that identifier/);
  file('b.ndjson', JSON.stringify(mrn));
  // Files are imported in order, so the reference in a.json has no target yet; in the next run it has.
  expect(await run()).toMatchObject({ created: 1, problems: [{}] });
  expect(await run()).toMatchObject({ created: 1, problems: [] });
  expect(await contentOf('o')).toMatchObject({ subject: { reference: 'Patient/p' } });
});

it('two imports of one folder at the same time write everything once', async () => {
  const { resources } = writeSyntheaFolder(folder, { bundles: 2, resourcesPerBundle: 40 });
  const [one, other] = await Promise.all([run(), run()]);
  expect(one.problems).toEqual([]);
  expect(other.problems).toEqual([]);
  expect(one.created + other.created).toBe(resources);
  expect(await database().resource.count({ where: { sandboxId, versionId: { gt: 1 } } })).toBe(0);
});
