import type { OperationOutcome, Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { log } from '#lib/log/log.ts';
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
    creator: { scope: 'user/Observation.c' },
    launched: { scope: 'patient/*.cruds', patient: 'A' },
    'launched-v1': { scope: 'patient/Observation.write', patient: 'A' },
    narrow: { scope: 'user/Observation.cruds?category=laboratory' },
    'own-record': { scope: 'patient/*.cruds', role: 'patient', patient: 'A', fhirUser: 'Patient/A' },
  });
  await here.put([
    { resourceType: 'Patient', id: 'A', name: [{ family: 'Alpha' }] },
    { resourceType: 'Patient', id: 'B', name: [{ family: 'Beta' }] },
    observation('A', { id: 'a1' }),
    observation('B', { id: 'b1' }),
    observation('A', { id: 'vital', category: [{ coding: [{ code: 'vital-signs' }] }] }),
  ] as Resource[]);
});

const send = (method: string, path: string, token: string, body?: unknown, headers: Record<string, string> = {}) =>
  here.send(method, path, token, body, headers);

async function issuesOf(response: Response): Promise<OperationOutcome['issue']> {
  const outcome = (await response.json()) as OperationOutcome;
  expect(outcome.resourceType).toBe('OperationOutcome');
  return outcome.issue;
}

const rows = async () => [await database().resource.count(), await database().resourceVersion.count()];

describe('create', () => {
  it('stores under an id of the server’s choice and says where', async () => {
    const sent = observation('A', { id: 'mine', meta: { versionId: '7', lastUpdated: '2001-01-01T00:00:00Z' } });
    const response = await send('POST', '/Observation', 'clinician', sent);
    expect(response.status).toBe(201);
    const stored = await response.json();
    expect(stored.id).not.toBe('mine');
    expect(stored.meta.versionId).toBe('1');
    expect(response.headers.get('etag')).toBe('W/"1"');
    expect(new Date(response.headers.get('last-modified') ?? '').getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(response.headers.get('location')).toBe(`${here.base}/Observation/${stored.id}/_history/1`);
    expect(await (await send('GET', `/Observation/${stored.id}`, 'clinician')).json()).toEqual(stored);
    const found = await (await send('GET', `/Observation?_id=${stored.id}&code=8867-4`, 'clinician')).json();
    expect(found.entry).toHaveLength(1);
  });

  it.each([
    ['return=minimal', ''],
    ['respond-async, return=OperationOutcome', 'OperationOutcome'],
    ['return=representation', 'Observation'],
  ])('answers as Prefer: %s says', async (prefer, type) => {
    const response = await send('POST', '/Observation', 'clinician', observation('A'), { prefer });
    expect(response.status).toBe(201);
    const text = await response.text();
    expect(text ? JSON.parse(text).resourceType : '').toBe(type);
  });

  it('needs the letter c and names it', async () => {
    for (const [method, path, letter] of [
      ['POST', '/Observation', 'c'],
      ['PUT', '/Observation/a1', 'u'],
      ['DELETE', '/Observation/a1', 'd'],
    ] as const) {
      const response = await send(
        method,
        path,
        'reader',
        method === 'DELETE' ? undefined : observation('A', { id: 'a1' }),
      );
      expect(response.status).toBe(403);
      expect((await issuesOf(response))[0]?.diagnostics).toBe(`The scope user/Observation.${letter} is missing.`);
    }
    expect((await send('POST', '/Observation', 'creator', observation('A'))).status).toBe(201);
    expect((await send('PUT', '/Observation/a1', 'creator', observation('A', { id: 'a1' }))).status).toBe(403);
  });
});

describe('update', () => {
  it('makes a new version, and creates under a new id', async () => {
    const first = await send('PUT', '/Observation/chosen', 'clinician', observation('A', { id: 'chosen' }));
    expect([first.status, first.headers.get('etag')]).toEqual([201, 'W/"1"']);
    const next = observation('A', { id: 'chosen', status: 'amended' });
    const second = await send('PUT', '/Observation/chosen', 'clinician', next);
    expect([second.status, second.headers.get('etag')]).toEqual([200, 'W/"2"']);
    expect((await second.json()).status).toBe('amended');
    const again = await send('PUT', '/Observation/chosen', 'clinician', next);
    expect([again.status, again.headers.get('etag')]).toEqual([200, 'W/"2"']);
  });

  it('keeps to If-Match', async () => {
    const write = (status: string, match: string, id = 'matched') =>
      send('PUT', `/Observation/${id}`, 'clinician', observation('A', { id, status }), { 'if-match': match });
    expect((await write('final', 'W/"1"')).status).toBe(412);
    await send('PUT', '/Observation/matched', 'clinician', observation('A', { id: 'matched' }));
    expect((await write('amended', 'W/"1"')).status).toBe(200);
    const late = await write('final', 'W/"1"');
    expect(late.status).toBe(412);
    expect((await issuesOf(late))[0]?.code).toBe('conflict');
    expect((await write('final', 'anything')).status).toBe(400);
    const deletion = await send('DELETE', '/Observation/matched', 'clinician', undefined, { 'if-match': 'W/"1"' });
    expect(deletion.status).toBe(412);
  });

  it('lets one of two writers who saw the same version win', async () => {
    await send('PUT', '/Observation/raced', 'clinician', observation('A', { id: 'raced' }));
    const both = ['amended', 'corrected'].map((status) =>
      send('PUT', '/Observation/raced', 'clinician', observation('A', { id: 'raced', status }), {
        'if-match': 'W/"1"',
      }),
    );
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});

describe('delete', () => {
  it('leaves 410 behind, is found by no search, and can be undone', async () => {
    await send('PUT', '/Observation/doomed', 'clinician', observation('A', { id: 'doomed' }));
    expect((await send('DELETE', '/Observation/doomed', 'clinician')).status).toBe(204);
    const read = await send('GET', '/Observation/doomed', 'clinician');
    expect([read.status, (await issuesOf(read))[0]?.code]).toEqual([410, 'deleted']);
    const found = await (await send('GET', '/Observation?_id=doomed', 'clinician')).json();
    expect(found.entry).toBeUndefined();
    expect((await send('DELETE', '/Observation/doomed', 'clinician')).status).toBe(204);
    const prefer = { prefer: 'return=OperationOutcome' };
    expect((await send('DELETE', '/Observation/doomed', 'clinician', undefined, prefer)).status).toBe(200);
    const back = await send('PUT', '/Observation/doomed', 'clinician', observation('A', { id: 'doomed' }));
    expect([back.status, back.headers.get('etag')]).toEqual([201, 'W/"3"']);
    expect((await send('GET', '/Observation/doomed', 'launched')).status).toBe(200);
  });

  it('hides the deletion from callers without reach, like a resource that never existed', async () => {
    await send('PUT', '/Observation/b-gone', 'clinician', observation('B', { id: 'b-gone' }));
    await send('DELETE', '/Observation/b-gone', 'clinician');
    expect((await send('GET', '/Observation/b-gone', 'clinician')).status).toBe(410);
    expect((await send('GET', '/Observation/b-gone', 'launched')).status).toBe(404);
    expect((await send('GET', '/Observation/b-gone', 'narrow')).status).toBe(404);
    expect((await send('DELETE', '/Observation/b-gone', 'launched')).status).toBe(404);
    expect((await send('PUT', '/Observation/b-gone', 'launched', observation('A', { id: 'b-gone' }))).status).toBe(404);
    expect((await send('DELETE', '/Observation/never', 'clinician')).status).toBe(404);
  });
});

describe('a write reaches no further than its token', () => {
  it.each<[string, string, string, unknown, number]>([
    ['launched', 'POST', '/Observation', observation('A'), 201],
    ['launched', 'POST', '/Observation', observation('B'), 403],
    ['launched', 'POST', '/Observation', observation(`A/_history/1`, { subject: undefined }), 403],
    ['launched', 'POST', '/Patient', { resourceType: 'Patient' }, 403],
    ['launched', 'POST', '/Organization', { resourceType: 'Organization', name: 'Anywhere' }, 403],
    ['launched', 'PUT', '/Patient/A', { resourceType: 'Patient', id: 'A', name: [{ family: 'Alpha' }] }, 200],
    ['launched', 'PUT', '/Patient/B', { resourceType: 'Patient', id: 'B' }, 404],
    ['launched', 'PUT', '/Patient/C', { resourceType: 'Patient', id: 'C' }, 404],
    ['launched', 'PUT', '/Observation/b1', observation('A', { id: 'b1' }), 404],
    ['launched', 'PUT', '/Observation/a1', observation('B', { id: 'a1' }), 403],
    ['launched', 'PUT', '/Observation/fresh', observation('B', { id: 'fresh' }), 404],
    ['launched', 'DELETE', '/Observation/b1', undefined, 404],
    ['launched', 'DELETE', '/Patient/B', undefined, 404],
    ['launched-v1', 'POST', '/Observation', observation('A'), 201],
    ['launched-v1', 'POST', '/Observation', observation('B'), 403],
    ['own-record', 'POST', '/Observation', observation('B'), 403],
    ['own-record', 'PUT', '/Observation/b1', observation('A', { id: 'b1' }), 404],
    ['own-record', 'DELETE', '/Observation/b1', undefined, 404],
    ['narrow', 'POST', '/Observation', observation('A'), 201],
    ['narrow', 'POST', '/Observation', observation('A', { category: [{ coding: [{ code: 'exam' }] }] }), 403],
    ['narrow', 'PUT', '/Observation/a1', observation('A', { id: 'a1', category: [{ text: 'lab' }] }), 403],
    ['narrow', 'PUT', '/Observation/vital', observation('A', { id: 'vital' }), 404],
    ['narrow', 'DELETE', '/Observation/vital', undefined, 404],
  ])('%s %s %s %j: %i', async (token, method, path, body, status) => {
    const before = await rows();
    const response = await send(method, path, token, body);
    expect(response.status, await response.clone().text()).toBe(status);
    if (status > 299) expect(await rows()).toEqual(before);
  });

  it('tells by If-Match no more of what is there than without it', async () => {
    const refusalOf = async (id: string) => {
      const response = await send(
        'PUT',
        `/Patient/${id}`,
        'launched',
        { resourceType: 'Patient', id },
        { 'if-match': 'W/"1"' },
      );
      return [response.status, (await issuesOf(response))[0]?.diagnostics?.replace(`Patient/${id}`, 'it')];
    };
    expect(await refusalOf('B')).toEqual(await refusalOf('C'));
  });

  it('knows references by its own address for what they are', async () => {
    const reference = (id: string) => ({ subject: { reference: `${here.base}/Patient/${id}` } });
    const stored = await send('POST', '/Observation', 'launched', observation('A', reference('A')));
    const { id, subject } = await stored.json();
    expect([stored.status, subject?.reference]).toEqual([201, 'Patient/A']);
    expect((await (await send('GET', `/Observation?patient=A&_id=${id}`, 'launched')).json()).total).toBe(1);
    expect((await send('POST', '/Observation', 'launched', observation('A', reference('B')))).status).toBe(403);
  });

  it('leaves what it may not change as it was', async () => {
    expect((await (await send('GET', '/Patient/B', 'clinician')).json()).name[0].family).toBe('Beta');
    const moved = await (await send('GET', '/Observation/a1', 'clinician')).json();
    expect([moved.subject.reference, moved.meta.versionId]).toEqual(['Patient/A', '1']);
  });

  it('ends at its sandbox', async () => {
    const other = await fhirServer({ foreign: { scope: 'user/*.cruds' } });
    await other.put([observation('A', { id: 'theirs' })] as Resource[]);
    expect((await other.send('DELETE', '/Observation/a1', 'foreign')).status).toBe(404);
    expect((await other.send('PUT', '/Observation/a1', 'foreign', observation('A', { id: 'a1' }))).status).toBe(201);
    expect((await other.send('DELETE', '/Observation/a1', 'foreign')).status).toBe(204);
    expect((await send('GET', '/Observation/a1', 'clinician')).headers.get('etag')).toBe('W/"1"');
    expect((await send('GET', '/Observation/theirs', 'clinician')).status).toBe(404);
    expect((await here.send('DELETE', '/Observation/a1', 'foreign')).status).toBe(401);
    expect((await send('GET', '/Observation/a1/_history', 'clinician')).status).toBe(200);
  });
});

describe('what cannot be stored is refused, and nothing is written:', () => {
  const deep = `{"resourceType":"Patient","extension":${'[{"url":"u","extension":'.repeat(150)}[]${'}]'.repeat(150)}}`;
  it.each<[string, string, unknown, number, RegExp]>([
    ['POST', '/Patient', '{"resourceType":', 400, /JSON/],
    ['POST', '/Patient', '', 400, /JSON/],
    ['POST', '/Patient', '[]', 422, /object/],
    ['POST', '/Patient', 'null', 422, /object/],
    ['POST', '/Patient', '{}', 422, /resourceType/],
    ['POST', '/Patient', observation('A'), 400, /Observation.*Patient/],
    ['POST', '/Nothing', { resourceType: 'Nothing' }, 404, /Nothing/],
    ['POST', '/Patient', { resourceType: 'Patient', birthDate: 'yesterday' }, 422, /Patient\.birthDate/],
    ['POST', '/Patient', { resourceType: 'Patient', gender: 'blue' }, 422, /Patient\.gender/],
    ['POST', '/Patient', { resourceType: 'Patient', flavour: 'sweet' }, 422, /flavour/],
    ['POST', '/Patient', { resourceType: 'Patient', id: 5 }, 422, /Patient\.id/],
    ['POST', '/Patient', '{"resourceType":"Patient","__proto__":{"active":true}}', 422, /__proto__/],
    ['POST', '/Patient', '{"resourceType":"Patient","constructor":{"prototype":{}}}', 422, /constructor/],
    ['POST', '/Patient', { resourceType: 'Patient', name: [{ family: 'a\0b' }] }, 422, /family|NUL/],
    ['POST', '/Patient', deep, 422, /levels|extension/],
    ['POST', '/Patient', `{"resourceType":"Patient","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 422, /levels/],
    ['POST', '/Patient', 'x'.repeat(20 * 1024 * 1024), 413, /longer/],
    ['PUT', '/Patient/A', { resourceType: 'Patient' }, 400, /id/],
    ['PUT', '/Patient/A', { resourceType: 'Patient', id: 'B' }, 400, /"B".*"A"/],
    ['PUT', '/Patient/a_b', { resourceType: 'Patient', id: 'a_b' }, 400, /id/],
    ['PUT', '/Observation/A', { resourceType: 'Patient', id: 'A' }, 400, /Patient/],
  ])('%s %s (%#)', async (method, path, body, status, words) => {
    const before = await rows();
    const response = await send(method, path, 'clinician', body);
    const issues = await issuesOf(response);
    expect([response.status, issues[0]?.severity]).toEqual([status, 'error']);
    expect(issues.map(({ diagnostics }) => diagnostics).join()).toMatch(words);
    expect(await rows()).toEqual(before);
  });

  it('names each invalid element', async () => {
    const response = await send('POST', '/Patient', 'clinician', {
      resourceType: 'Patient',
      birthDate: 'x',
      name: [{ family: 5 }],
    });
    const paths = (await issuesOf(response)).flatMap(({ expression = [] }) => expression);
    expect(paths).toEqual(expect.arrayContaining(['Patient.birthDate']));
    expect(paths.some((path) => /^Patient\.name.*family$/.test(path))).toBe(true);
  });

  it('another content type, or none', async () => {
    const patient = { resourceType: 'Patient' };
    for (const type of ['text/plain', 'application/fhir+xml', 'multipart/form-data; boundary=x']) {
      expect((await send('POST', '/Patient', 'clinician', patient, { 'content-type': type })).status).toBe(415);
    }
    expect((await send('POST', '/Patient', 'clinician', patient, { 'content-type': 'application/json' })).status).toBe(
      201,
    );
  });

  it('what the database fails to take half-way', async () => {
    const before = await rows();
    const logged = vi.spyOn(log, 'error').mockImplementation(() => {});
    await database().$executeRawUnsafe(
      'ALTER TABLE reference_index ADD CONSTRAINT broken CHECK (target_id <> $$nobody$$)',
    );
    const response = await send('PUT', '/Observation/a1', 'clinician', observation('nobody', { id: 'a1' }));
    await database().$executeRawUnsafe('ALTER TABLE reference_index DROP CONSTRAINT broken');
    logged.mockRestore();
    expect(response.status).toBe(500);
    expect(await rows()).toEqual(before);
    const found = await (await send('GET', '/Observation?_id=a1&patient=A', 'clinician')).json();
    expect(found.entry[0].resource.meta.versionId).toBe('1');
  });
});
