import type { OperationOutcome, Resource } from 'fhir/r4';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { fhirServer } from './fhir-server.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;

const observation = (patient: string, more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  category: [{ coding: [{ code: 'laboratory' }] }],
  subject: { reference: `Patient/${patient}` },
  ...more,
});

beforeAll(async () => {
  here = await fhirServer({
    clinician: { scope: 'user/*.cruds' },
    reader: { scope: 'user/*.rs' },
    blind: { scope: 'user/Observation.u' },
    launched: { scope: 'patient/*.cruds', patient: 'A' },
    narrow: { scope: 'user/Observation.cruds?category=laboratory' },
  });
});

beforeEach(async () => {
  await here.put([
    { resourceType: 'Patient', id: 'A' },
    { resourceType: 'Patient', id: 'B' },
    observation('A', { id: 'a1', valueString: 'secret' }),
    observation('B', { id: 'b1' }),
  ] as Resource[]);
});

const patchType = { 'content-type': 'application/json-patch+json' };
const patch = (path: string, token: string, operations: unknown, headers: Record<string, string> = {}) =>
  here.send('PATCH', path, token, operations, { ...patchType, ...headers });
const amend = [{ op: 'replace', path: '/status', value: 'amended' }];

async function diagnostics(response: Response): Promise<string> {
  return ((await response.json()) as OperationOutcome).issue[0]?.diagnostics ?? '';
}

describe('patch', () => {
  it('makes a new version', async () => {
    const response = await patch('/Observation/a1', 'clinician', amend);
    expect(response.status).toBe(200);
    const stored = await response.json();
    expect(stored).toMatchObject({ status: 'amended', valueString: 'secret' });
    expect(response.headers.get('etag')).toBe(`W/"${stored.meta.versionId}"`);
    expect(response.headers.get('location')).toContain(`/Observation/a1/_history/${stored.meta.versionId}`);
    expect(await (await here.send('GET', '/Observation/a1', 'clinician')).json()).toEqual(stored);
  });

  it('keeps to If-Match, and to Prefer', async () => {
    expect((await patch('/Observation/a1', 'clinician', amend, { 'if-match': 'W/"99"' })).status).toBe(412);
    const minimal = await patch('/Observation/a1', 'clinician', amend, { prefer: 'return=minimal' });
    expect([minimal.status, await minimal.text()]).toEqual([200, '']);
    const response = await patch('/Observation/a1', 'clinician', amend, { prefer: 'return=OperationOutcome' });
    expect(await diagnostics(response)).toContain('is stored as version');
  });

  it('of several writers at the same moment is applied each', async () => {
    const notes = ['one', 'two', 'three', 'four'];
    const added = (text: string) =>
      patch('/Observation/a1', 'clinician', [{ op: 'add', path: '/note/-', value: { text } }]);
    await patch('/Observation/a1', 'clinician', [{ op: 'add', path: '/note', value: [{ text: 'zero' }] }]);
    expect((await Promise.all(notes.map(added))).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const { note } = await (await here.send('GET', '/Observation/a1', 'clinician')).json();
    expect(note).toHaveLength(5);
  });

  it('can test the version it was made for', async () => {
    const response = await patch('/Observation/a1', 'clinician', [
      { op: 'test', path: '/meta/versionId', value: '99' },
    ]);
    expect(response.status).toBe(422);
    expect(await diagnostics(response)).toContain('Operation 0 of the patch, test "/meta/versionId"');
  });

  it.each([
    ['that does not exist', '/Observation/none', 404],
    ['of an unknown type', '/Nothing/a1', 404],
    ['with an invalid id', '/Observation/a_1', 404],
  ])('of a resource %s: %s gets %i', async (_, path, status) => {
    expect((await patch(path, 'clinician', amend)).status).toBe(status);
  });

  it('tests only for those who may read what it tests', async () => {
    const guess = (value: string) => [{ op: 'test', path: '/valueString', value }, ...amend];
    const answers = [
      await patch('/Observation/a1', 'blind', guess('secret')),
      await patch('/Observation/a1', 'blind', guess('other')),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    const [right, wrong] = await Promise.all(answers.map(diagnostics));
    expect(right).toBe(wrong);
    expect((await patch('/Observation/a1', 'clinician', guess('secret'))).status).toBe(200);
    expect((await patch('/Observation/a1', 'clinician', guess('other'))).status).toBeGreaterThanOrEqual(400);
  });

  it('of what is deleted is 410', async () => {
    await here.send('DELETE', '/Observation/b1', 'clinician');
    expect((await patch('/Observation/b1', 'clinician', amend)).status).toBe(410);
  });

  it('takes JSON Patch alone', async () => {
    const parameters = { resourceType: 'Parameters' };
    const fhirPath = await here.send('PATCH', '/Observation/a1', 'clinician', parameters);
    expect(fhirPath.status).toBe(415);
    expect(await diagnostics(fhirPath)).toContain('FHIRPath Patch is not supported');
    expect(
      (await patch('/Observation/a1', 'clinician', amend, { 'content-type': 'application/xml-patch+xml' })).status,
    ).toBe(415);
    expect((await patch('/Observation/a1', 'clinician', '{')).status).toBe(400);
    expect((await patch('/Observation/a1', 'clinician', parameters)).status).toBe(400);
  });

  it.each([
    ['another id', [{ op: 'replace', path: '/id', value: 'b1' }]],
    ['no id', [{ op: 'remove', path: '/id' }]],
    ['another type', [{ op: 'replace', path: '/resourceType', value: 'Patient' }]],
    ['what is not valid', [{ op: 'replace', path: '/status', value: 'perhaps' }]],
    ['what R4 does not know', [{ op: 'add', path: '/surprise', value: 1 }]],
    ['inherited names', '[{"op":"add","path":"/code/__proto__","value":{"x":1}}]'],
    ['deep nesting', [{ op: 'add', path: '/extension', value: JSON.parse('['.repeat(99) + ']'.repeat(99)) }]],
  ])('that makes %s is 422', async (_, operations) => {
    const before = await database().resourceVersion.count();
    expect((await patch('/Observation/a1', 'clinician', operations)).status).toBe(422);
    expect(await database().resourceVersion.count()).toBe(before);
  });

  it('needs the letter u, before and after', async () => {
    const refused = await patch('/Observation/a1', 'reader', amend);
    expect([refused.status, await diagnostics(refused)]).toEqual([403, 'The scope user/Observation.u is missing.']);
    expect((await patch('/Observation/b1', 'launched', amend)).status).toBe(404);
    const probe = [{ op: 'test', path: '/status', value: 'amended' }];
    expect((await patch('/Observation/b1', 'launched', probe)).status).toBe(404);
    const away = [{ op: 'replace', path: '/subject/reference', value: 'Patient/B' }];
    expect((await patch('/Observation/a1', 'launched', away)).status).toBe(403);
    const relabel = [{ op: 'replace', path: '/category/0/coding/0/code', value: 'vital-signs' }];
    expect((await patch('/Observation/a1', 'narrow', relabel)).status).toBe(403);
    expect((await patch('/Observation/a1', 'narrow', amend)).status).toBe(200);
  });

  it('shows nothing to who may not read', async () => {
    const response = await patch('/Observation/a1', 'blind', [], { prefer: 'return=representation' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    const probe = await patch('/Observation/a1', 'blind', [{ op: 'test', path: '/valueString', value: 'x' }]);
    expect(await probe.text()).not.toContain('secret');
  });
});
