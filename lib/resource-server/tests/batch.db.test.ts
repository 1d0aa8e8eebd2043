import type { Bundle, OperationOutcome, Resource } from 'fhir/r4';
import { beforeAll, expect, it } from 'vitest';
import { fhirServer } from './fhir-server.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;

const patient = (id: string, more: object = {}) => ({
  resourceType: 'Patient',
  id,
  identifier: [{ value: id }],
  ...more,
});

beforeAll(async () => {
  here = await fhirServer({
    clinician: { scope: 'user/*.cruds' },
    reader: { scope: 'user/Patient.rs' },
    launched: { scope: 'patient/*.cruds', patient: 'A' },
  });
  await here.put([patient('A'), patient('B')] as Resource[]);
});

async function batch(entry: unknown[], token = 'clinician', headers: Record<string, string> = {}) {
  const response = await here.send('POST', '', token, { resourceType: 'Bundle', type: 'batch', entry }, headers);
  expect(response.status).toBe(200);
  const bundle = (await response.json()) as Bundle;
  expect(bundle.type).toBe('batch-response');
  return bundle.entry ?? [];
}

const ask = (method: string, url: string, more: object = {}, resource?: object) => ({
  resource,
  request: { method, url, ...more },
});
const patch = (operations: object[]) => ({
  resourceType: 'Binary',
  contentType: 'application/json-patch+json',
  data: Buffer.from(JSON.stringify(operations)).toString('base64'),
});

it('answers each entry of a batch by itself', async () => {
  const entries = await batch([
    ask('GET', 'Patient/A'),
    ask('GET', 'Patient/nobody'),
    ask('POST', 'Patient', {}, { resourceType: 'Patient', birthDate: 'soon' }),
    ask('POST', 'Patient', {}, { resourceType: 'Patient', active: true }),
    ask('POST', 'Patient', { ifNoneExist: 'identifier=A' }, patient('A')),
    ask('PUT', 'Patient/new', {}, patient('new')),
    ask('PATCH', 'Patient/new', {}, patch([{ op: 'add', path: '/active', value: true }])),
    ask('PUT', 'Patient/new', { ifMatch: 'W/"9"' }, patient('new')),
    ask('GET', 'Patient?identifier=new'),
    ask('DELETE', 'Patient/new'),
    ask('GET', 'Patient/A', { ifNoneMatch: 'W/"1"' }),
    ask('HEAD', 'Patient/A'),
    'no entry',
  ]);
  const statuses = entries.map(({ response }) => response?.status);
  expect(statuses).toEqual(['200', '404', '422', '201', '200', '201', '200', '412', '200', '204', '304', '200', '400']);
  expect(entries[0]?.resource).toMatchObject({ id: 'A' });
  expect(entries[1]?.response?.outcome?.resourceType).toBe('OperationOutcome');
  expect(entries[3]?.response?.location).toMatch(/\/Patient\/[^/]+\/_history\/1$/);
  expect(entries[3]).not.toHaveProperty('resource');
  expect(entries[8]?.resource).toMatchObject({ total: 1 });
  expect(entries[11]).not.toHaveProperty('resource');
});

it('answers its entries as Prefer says', async () => {
  const [entry] = await batch([ask('PUT', 'Patient/p', {}, patient('p'))], 'clinician', {
    prefer: 'return=representation',
  });
  expect(entry?.resource).toMatchObject({ id: 'p' });
  const [answered] = await batch([ask('PUT', 'Patient/p', {}, patient('p'))], 'clinician', {
    prefer: 'return=OperationOutcome',
  });
  expect(JSON.stringify(answered?.response?.outcome)).toContain('is stored as version 1');
});

it('judges each entry by the scopes and the compartment of the caller', async () => {
  const observation = {
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'x' },
    subject: { reference: 'Patient/B' },
  };
  const [observed, written, found] = await batch(
    [ask('GET', 'Observation/x'), ask('PUT', 'Patient/A', {}, patient('A')), ask('GET', 'Patient/A')],
    'reader',
  );
  const diagnostics = (entry: typeof observed) =>
    (entry?.response?.outcome as OperationOutcome | undefined)?.issue[0]?.diagnostics;
  expect([diagnostics(observed), diagnostics(written)]).toEqual([
    'The scope user/Observation.r is missing.',
    'The scope user/Patient.u is missing.',
  ]);
  expect(found?.response?.status).toBe('200');
  const confined = await batch(
    [
      ask('GET', 'Patient/B'),
      ask('POST', 'Observation', {}, observation),
      ask('DELETE', 'Patient/B'),
      ask('GET', 'Patient'),
    ],
    'launched',
  );
  expect(confined.map(({ response }) => response?.status)).toEqual(['404', '403', '404', '200']);
  expect(confined[3]?.resource).toMatchObject({ total: 1 });
});

it.each([
  ['another batch', ask('POST', '', {}, { resourceType: 'Bundle', type: 'batch', entry: [] }), '400'],
  ['another server', ask('GET', 'https://other.example/fhir/Patient/A'), '400'],
  ['a path above the base', ask('GET', '../../other/fhir/Patient/A'), '400'],
  ['the launch service', ask('POST', '_services/smart/Launch', {}, {}), '404'],
  ['metadata', ask('GET', 'metadata'), '405'],
  ['an operation that is not there', ask('POST', '$export', {}, {}), '405'],
  ['an overridden method', { ...ask('POST', 'Patient/A', {}, {}), 'X-HTTP-Method-Override': 'DELETE' }, '405'],
  ['a line break in a header', ask('GET', 'Patient/A', { ifNoneMatch: 'x\r\nauthorization: y' }), '400'],
  ['a time that is none', ask('GET', 'Patient/A', { ifModifiedSince: 'yesterday' }), '400'],
])('refuses %s', async (_, entry, status) => {
  const [answer] = await batch([entry]);
  expect(answer?.response?.status).toBe(status);
  expect(answer?.response?.outcome?.resourceType).toBe('OperationOutcome');
});

it('refuses a link to another entry, which only a transaction can make', async () => {
  const urn = 'urn:uuid:7a6b1f4e-9a2e-4a0c-9d5b-5d4d58a7c001';
  const observation = {
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'x' },
    subject: { reference: urn },
  };
  const entries = await batch([
    { fullUrl: urn, ...ask('POST', 'Patient', {}, { resourceType: 'Patient' }) },
    ask('POST', 'Observation', {}, observation),
  ]);
  expect(entries.map(({ response }) => response?.status)).toEqual(['201', '400']);
});
