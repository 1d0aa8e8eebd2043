import type { OperationOutcome, Resource } from 'fhir/r4';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { fhirServer } from './fhir-server.ts';
import { listenToTransactions } from './statements.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;

const patient = (mrn: string, more: object = {}) => ({
  resourceType: 'Patient',
  identifier: [{ system: 'urn:mrn', value: mrn }],
  ...more,
});

/** Called with each statement before it is sent. */
let hear: (statement: string) => unknown = () => {};

beforeAll(async () => {
  listenToTransactions((statement) => hear(statement));
  here = await fhirServer({
    clinician: { scope: 'user/*.cruds' },
    unsearching: { scope: 'user/*.crud' },
    launched: { scope: 'patient/*.cruds', patient: 'A' },
  });
  await here.put([
    patient('a', { id: 'A' }),
    patient('b', { id: 'B' }),
    patient('twin', { id: 'twin-1' }),
    patient('twin', { id: 'twin-2' }),
    {
      resourceType: 'Observation',
      id: 'a1',
      status: 'final',
      code: { text: 'x' },
      subject: { reference: 'Patient/A' },
    },
    {
      resourceType: 'Observation',
      id: 'b1',
      status: 'final',
      code: { text: 'x' },
      identifier: [{ value: 'b' }],
      subject: { reference: 'Patient/B' },
    },
  ] as Resource[]);
});

const createIf = (criteria: string, body: unknown, token = 'clinician', headers: Record<string, string> = {}) =>
  here.send('POST', '/Patient', token, body, { 'if-none-exist': criteria, ...headers });
const counted = () => database().resource.count();

async function diagnostics(response: Response): Promise<string> {
  return ((await response.json()) as OperationOutcome).issue[0]?.diagnostics ?? '';
}

describe('conditional create', () => {
  it('creates when nothing meets the condition, and then no more', async () => {
    const first = await createIf('identifier=urn:mrn|new', patient('new'));
    expect(first.status).toBe(201);
    const { id } = await first.json();
    const second = await createIf('?identifier=urn:mrn|new', patient('new', { active: true }));
    expect(second.status).toBe(200);
    expect(second.headers.get('location')).toBe(`${here.base}/Patient/${id}/_history/1`);
    expect(second.headers.get('etag')).toBe('W/"1"');
    expect(await second.json()).not.toHaveProperty('active');
    const response = await createIf('identifier=urn:mrn|new', patient('new'), 'clinician', {
      prefer: 'return=OperationOutcome',
    });
    expect(await diagnostics(response)).toContain('stays as it is');
  });

  it('lets one of many writers at the same moment create', async () => {
    const before = await counted();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => createIf('identifier=urn:mrn|race', patient('race'))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
    expect(await counted()).toBe(before + 1);
  });

  it('makes the second of two writers wait until the first has written', async () => {
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let isFirst = true;
    const [writes, writesOrWaits] = [/INSERT INTO resource\s/, /INSERT INTO resource\s|pg_advisory_xact_lock/];
    const pause = async (statement: string) => {
      if (!isFirst && writesOrWaits.test(statement)) second.resolve();
      if (!isFirst || !writes.test(statement)) return;
      isFirst = false;
      first.resolve();
      await second.promise;
    };
    const create = () => createIf('identifier=urn:mrn|waits', patient('waits'));
    // The embedded database runs one transaction after another.
    const together = inject('database').kind === 'postgres';
    if (together) hear = pause;
    const writing = create();
    if (together) await Promise.race([first.promise, writing]);
    const answers = await Promise.all([writing, create()]);
    hear = () => {};
    expect(answers.map(({ status }) => status)).toEqual([201, 200]);
  });

  it('does not see what the caller may not search for', async () => {
    const observation = {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'x' },
      subject: { reference: 'Patient/A' },
    };
    const response = await here.send('POST', '/Observation', 'launched', observation, {
      'if-none-exist': 'identifier=b',
    });
    expect(response.status).toBe(201);
  });
});

describe('conditional update', () => {
  const update = (query: string, body: unknown, headers: Record<string, string> = {}) =>
    here.send('PUT', `/Patient?${query}`, 'clinician', body, headers);

  it('updates the one that meets the condition', async () => {
    const response = await update('identifier=urn:mrn|b', patient('b', { active: true }));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ id: 'B', active: true });
    expect((await update('identifier=urn:mrn|b', patient('b', { id: 'B', active: false }))).status).toBe(200);
    expect((await update('identifier=urn:mrn|b', patient('b', { id: 'other' }))).status).toBe(400);
    expect((await update('identifier=urn:mrn|b', patient('b'), { 'if-match': 'W/"77"' })).status).toBe(412);
  });

  it('creates when none does, under the id of the body if it has one', async () => {
    const chosen = await update('identifier=urn:mrn|c', patient('c', { id: 'C' }));
    expect([chosen.status, (await chosen.json()).id]).toEqual([201, 'C']);
    const unnamed = await update('identifier=urn:mrn|d', patient('d'));
    expect(unnamed.status).toBe(201);
    const taken = await update('identifier=urn:mrn|e', patient('e', { id: 'A' }));
    expect(taken.status).toBe(409);
  });
});

it('conditional patch changes the one that meets the condition', async () => {
  const operations = [{ op: 'add', path: '/gender', value: 'other' }];
  const patch = (query: string) =>
    here.send('PATCH', `/Patient?${query}`, 'clinician', operations, { 'content-type': 'application/json-patch+json' });
  expect((await patch('identifier=urn:mrn|a')).status).toBe(200);
  expect((await patch('identifier=urn:mrn|nobody')).status).toBe(404);
  expect((await patch('identifier=urn:mrn|twin')).status).toBe(412);
});

it('conditional delete deletes one, and not several', async () => {
  await here.put([patient('gone', { id: 'gone' })] as Resource[]);
  const remove = (query: string) => here.send('DELETE', `/Patient?${query}`, 'clinician');
  expect((await remove('identifier=urn:mrn|twin')).status).toBe(412);
  expect((await here.send('GET', '/Patient/twin-1', 'clinician')).status).toBe(200);
  expect((await remove('identifier=urn:mrn|gone')).status).toBe(204);
  expect((await here.send('GET', '/Patient/gone', 'clinician')).status).toBe(410);
  expect((await remove('identifier=urn:mrn|gone')).status).toBe(204);
});

describe('a condition', () => {
  const ways = [
    ['POST', (criteria: string, token: string) => createIf(criteria, patient('x'), token)],
    ['PUT', (criteria: string, token: string) => here.send('PUT', `/Patient?${criteria}`, token, patient('x'))],
    ['DELETE', (criteria: string, token: string) => here.send('DELETE', `/Patient?${criteria}`, token)],
    [
      'PATCH',
      (criteria: string, token: string) =>
        here.send('PATCH', `/Patient?${criteria}`, token, [], { 'content-type': 'application/json-patch+json' }),
    ],
  ] as const;

  it.each(ways)('of %s needs the letter s beside its own', async (_, send) => {
    const response = await send('identifier=urn:mrn|a', 'unsearching');
    expect([response.status, await diagnostics(response)]).toEqual([403, 'The scope user/Patient.s is missing.']);
  });

  it.each(
    ways.flatMap(([method, send]) =>
      [
        ['', 412],
        ['identifier=', 412],
        ['_format=json', 412],
        ['favouriteColour=blue', 400],
        ['identifier=urn:mrn|a&favouriteColour=blue', 400],
        ['identifier=urn:mrn|a&_count=1', 400],
        ['birthdate=yesterday', 400],
        ['identifier=%C3', 400],
        ['identifier=urn:mrn|twin', 412],
      ].map(([criteria, status]) => [method, criteria, status, send] as const),
    ),
  )('%s %s: %i, and nothing is written', async (_, criteria, status, send) => {
    const before = [await counted(), await database().resourceVersion.count()];
    expect((await send(String(criteria), 'clinician')).status).toBe(status);
    expect([await counted(), await database().resourceVersion.count()]).toEqual(before);
  });

  it('of a deletion does not reach what the caller may not search for', async () => {
    expect((await here.send('DELETE', '/Observation?identifier=b', 'launched')).status).toBe(204);
    expect((await here.send('GET', '/Observation/b1', 'clinician')).status).toBe(200);
  });
});
