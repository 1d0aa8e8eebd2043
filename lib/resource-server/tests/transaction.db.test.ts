import type { Bundle, BundleEntry, OperationOutcome, Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { fhirServer } from './fhir-server.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;

const observation = (subject: string, more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  category: [{ coding: [{ code: 'laboratory' }] }],
  subject: { reference: subject },
  ...more,
});

const patient = (mrn: string, more: object = {}) => ({
  resourceType: 'Patient',
  identifier: [{ system: 'urn:mrn', value: mrn }],
  ...more,
});

beforeAll(async () => {
  here = await fhirServer({
    clinician: { scope: 'user/*.cruds' },
    reader: { scope: 'user/*.rs' },
    creator: { scope: 'user/Patient.cruds user/Observation.c' },
    launched: { scope: 'patient/*.cruds', patient: 'A' },
    narrow: { scope: 'user/Observation.cruds?category=laboratory' },
  });
  await here.put([
    patient('a', { id: 'A' }),
    patient('b', { id: 'B' }),
    patient('twin', { id: 'twin-1' }),
    patient('twin', { id: 'twin-2' }),
    observation('Patient/A', { id: 'a1' }),
    observation('Patient/B', { id: 'b1' }),
  ] as Resource[]);
});

interface SentEntry {
  fullUrl?: string;
  resource?: unknown;
  request?: object;
}

const post = (resource: object, more: object = {}, fullUrl?: string): SentEntry => ({
  fullUrl,
  resource,
  request: { method: 'POST', url: (resource as Resource).resourceType, ...more },
});
const ask = (method: string, url: string, more: object = {}): SentEntry => ({ request: { method, url, ...more } });
const put = (url: string, resource: object, more: object = {}): SentEntry => ({
  resource,
  request: { method: 'PUT', url, ...more },
});
const patchOf = (operations: object[]) => ({
  resourceType: 'Binary',
  contentType: 'application/json-patch+json',
  data: Buffer.from(JSON.stringify(operations)).toString('base64'),
});

const send = (entry: unknown[], token = 'clinician', headers: Record<string, string> = {}) =>
  here.send('POST', '', token, { resourceType: 'Bundle', type: 'transaction', entry }, headers);

/** The entries of the answer to a transaction that succeeds. */
async function done(entry: unknown[], token?: string, headers?: Record<string, string>): Promise<BundleEntry[]> {
  const response = await send(entry, token, headers);
  const bundle = (await response.json()) as Bundle;
  expect(response.status, JSON.stringify(bundle)).toBe(200);
  expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'transaction-response' });
  expect(bundle.entry ?? []).toHaveLength(entry.length);
  return bundle.entry ?? [];
}

const rows = async () => [
  await database().resource.count(),
  await database().resourceVersion.count(),
  await database().tokenIndex.count(),
  await database().resource.count({ where: { deleted: true } }),
];

/** Status and first issue of a transaction that is refused, of which nothing is left. */
async function refused(entry: unknown[], token?: string) {
  const before = await rows();
  const response = await send(entry, token);
  const { issue } = (await response.json()) as OperationOutcome;
  expect(await rows()).toEqual(before);
  return { status: response.status, expression: issue?.[0]?.expression?.[0], diagnostics: issue?.[0]?.diagnostics };
}

/** `Type/id` of where an entry of the answer was stored. */
function nameOf(entry: BundleEntry | undefined): string {
  const location = entry?.response?.location ?? '';
  expect(location.startsWith(`${here.base}/`)).toBe(true);
  return location.slice(here.base.length + 1).replace(/\/_history\/\d+$/, '');
}

const read = async (name: string) => (await here.send('GET', `/${name}`, 'clinician')).json();

describe('a transaction', () => {
  it('creates, updates, patches, deletes and reads in the order of the specification', async () => {
    await here.put([
      observation('Patient/A', { id: 'old' }),
      observation('Patient/A', { id: 'changed' }),
    ] as Resource[]);
    const entries = await done([
      ask('GET', 'Observation?identifier=order'),
      ask('GET', 'Patient/P'),
      {
        resource: patchOf([{ op: 'replace', path: '/status', value: 'amended' }]),
        request: { method: 'PATCH', url: 'Observation/changed' },
      },
      put('Patient/P', patient('p', { id: 'P' })),
      post(observation('Patient/P', { identifier: [{ value: 'order' }] })),
      ask('DELETE', 'Observation/old'),
      ask('HEAD', 'Patient/P'),
      ask('GET', 'Observation/changed/_history'),
    ]);
    expect(entries.map(({ response }) => response?.status)).toEqual([
      '200',
      '200',
      '200',
      '201',
      '201',
      '204',
      '200',
      '200',
    ]);
    expect(entries[0]?.resource).toMatchObject({ total: 1 });
    expect(entries[1]?.resource).toMatchObject({ id: 'P' });
    expect(entries[2]?.response).toMatchObject({
      etag: expect.stringMatching(/^W\//),
      lastModified: expect.any(String),
    });
    expect(entries[6]).not.toHaveProperty('resource');
    expect(await read('Observation/changed')).toMatchObject({ status: 'amended' });
    expect((await here.send('GET', '/Observation/old', 'clinician')).status).toBe(410);
  });

  it('makes links between its entries literal', async () => {
    const urn = 'urn:uuid:7a6b1f4e-9a2e-4a0c-9d5b-5d4d58a7c001';
    const elsewhere = 'https://old.example/fhir';
    const div = `<div xmlns="http://www.w3.org/1999/xhtml"><a href="${urn}">${urn}</a></div>`;
    const [one, two, three, four] = await done([
      post(observation(urn, { text: { status: 'generated', div }, focus: [{ reference: `${urn}/_history/7` }] })),
      post(patient('linked', { identifier: [{ system: 'urn:ietf:rfc:3986', value: urn }] }), {}, urn),
      post(observation('Patient/77'), {}, `${elsewhere}/Observation/78`),
      post(patient('absolute', { id: '77' }), {}, `${elsewhere}/Patient/77`),
    ]);
    const linked = await read(nameOf(one));
    expect(linked.subject.reference).toBe(nameOf(two));
    expect(linked.focus[0].reference).toBe(`${nameOf(two)}/_history/1`);
    expect(linked.text.div).toContain(`<a href="${nameOf(two)}">${urn}</a>`);
    expect((await read(nameOf(two))).identifier[0].value).toBe(urn);
    expect((await read(nameOf(three))).subject.reference).toBe(nameOf(four));
    expect(nameOf(four)).not.toBe('Patient/77');
    const found = await here.send('GET', `/Observation?subject=${nameOf(two)}`, 'clinician');
    expect((await found.json()).total).toBe(1);
  });

  it('resolves conditional references, to its own entries too', async () => {
    const [, byCondition, chained] = await done([
      post(patient('later', { managingOrganization: { reference: 'Organization?name=Nowhere%20Clinic' } })),
      post(observation('Patient?identifier=urn:mrn|a')),
      post(observation('Patient?identifier=urn:mrn|later')),
      post({ resourceType: 'Organization', name: 'Nowhere Clinic' }),
    ]);
    expect((await read(nameOf(byCondition))).subject.reference).toBe('Patient/A');
    const late = (await read(nameOf(chained))).subject.reference;
    expect((await read((await read(late)).managingOrganization.reference)).name).toBe('Nowhere Clinic');
  });

  it('keeps to conditions and versions in its entries', async () => {
    await here.put([patient('cond', { id: 'cond' }), patient('cond-gone', { id: 'cond-gone' })] as Resource[]);
    const urn = 'urn:uuid:7a6b1f4e-9a2e-4a0c-9d5b-5d4d58a7c002';
    const entries = await done([
      post(patient('a', { active: true }), { ifNoneExist: 'identifier=urn:mrn|a' }, urn),
      post(observation(urn)),
      put('Patient?identifier=urn:mrn|cond', patient('cond', { active: true }), { ifMatch: 'W/"1"' }),
      ask('DELETE', 'Patient?identifier=urn:mrn|cond-gone'),
      {
        resource: patchOf([{ op: 'add', path: '/gender', value: 'other' }]),
        request: { method: 'PATCH', url: 'Patient?identifier=urn:mrn|b' },
      },
      ask('GET', 'Patient/A', { ifNoneMatch: 'W/"1"' }),
    ]);
    expect(entries.map(({ response }) => response?.status)).toEqual(['200', '201', '200', '204', '200', '304']);
    expect((await read(nameOf(entries[1]))).subject.reference).toBe('Patient/A');
    expect(await read('Patient/A')).not.toHaveProperty('active');
    expect(await read('Patient/cond')).toMatchObject({ active: true });
    expect(await read('Patient/B')).toMatchObject({ gender: 'other' });
  });

  it('of two at the same moment with one condition lets one create', async () => {
    const once = () => done([post(patient('both'), { ifNoneExist: 'identifier=urn:mrn|both' })]);
    const answers = await Promise.all([once(), once(), once()]);
    expect(answers.map(([entry]) => entry?.response?.status).sort()).toEqual(['200', '200', '201']);
  });

  it('that waits for another which waits for it is asked to try again', async () => {
    const crossing = (deleted: string, kept: string) =>
      send([ask('DELETE', `Patient/${deleted}`), put(`Patient/${kept}`, patient(kept, { id: kept }))]);
    for (let round = 0; round < 3; round++) {
      await here.put([patient('x1', { id: 'x1' }), patient('x2', { id: 'x2', active: round === 0 })] as Resource[]);
      const answers = await Promise.all([crossing('x1', 'x2'), crossing('x2', 'x1')]);
      for (const { status } of answers) expect([200, 409]).toContain(status);
      expect(answers.some(({ status }) => status === 200)).toBe(true);
    }
  });

  it.each([
    ['return=minimal', undefined, undefined],
    ['return=representation', 'Patient', undefined],
    ['return=OperationOutcome', undefined, 'OperationOutcome'],
  ])('answers its entries as Prefer: %s says', async (prefer, resource, outcome) => {
    const [entry] = await done([post(patient('prefer'))], 'clinician', { prefer });
    expect(entry?.resource?.resourceType).toBe(resource);
    expect(entry?.response?.outcome?.resourceType).toBe(outcome);
  });

  it('may have no entries, and a Bundle as a resource', async () => {
    expect(await done([])).toEqual([]);
    const inner = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ request: { method: 'DELETE', url: 'Patient/A' } }],
    };
    const [entry] = await done([post(inner)]);
    expect((await read(nameOf(entry))).type).toBe('transaction');
    expect((await here.send('GET', '/Patient/A', 'clinician')).status).toBe(200);
  });
});

describe('nothing is left of a transaction with', () => {
  const fine = post(patient('fine'));
  const at = (entry: unknown) => [fine, entry];

  it.each([
    ['an invalid resource', post({ resourceType: 'Patient', birthDate: 'soon' }), 422, '.resource.birthDate'],
    ['a resource of another type', { ...post(patient('x')), request: { method: 'POST', url: 'Observation' } }, 400, ''],
    ['no resource', ask('POST', 'Patient'), 422, '.resource'],
    ['another id', put('Patient/A', patient('a', { id: 'B' })), 400, ''],
    ['an unknown type', ask('GET', 'Nothing/1'), 404, ''],
    ['what is not there', ask('GET', 'Patient/nobody'), 404, ''],
    ['the deletion of what is not there', ask('DELETE', 'Patient/nobody'), 404, ''],
    ['another version', put('Patient/A', patient('a', { id: 'A', active: true }), { ifMatch: 'W/"9"' }), 412, ''],
    ['a condition that several meet', ask('DELETE', 'Patient?identifier=urn:mrn|twin'), 412, ''],
    ['a condition that all meet', ask('DELETE', 'Patient'), 412, ''],
    ['an unknown condition', post(patient('x'), { ifNoneExist: 'colour=blue' }), 400, ''],
    [
      'a patch that does not fit',
      { resource: patchOf([{ op: 'remove', path: '/nothing' }]), request: { method: 'PATCH', url: 'Patient/A' } },
      422,
      '',
    ],
    [
      'a FHIRPath Patch',
      { resource: { resourceType: 'Parameters' }, request: { method: 'PATCH', url: 'Patient/A' } },
      415,
      '',
    ],
    [
      'a patch that is no JSON',
      {
        resource: { resourceType: 'Binary', contentType: 'application/json-patch+json', data: 'eHg=' },
        request: { method: 'PATCH', url: 'Patient/A' },
      },
      400,
      '',
    ],
    ['a urn that is no fullUrl', post(observation('urn:uuid:00000000-0000-4000-8000-000000000000')), 400, ''],
    ['a reference that nothing meets', post(observation('Patient?identifier=urn:mrn|nobody')), 412, ''],
    ['a reference that several meet', post(observation('Patient?identifier=urn:mrn|twin')), 412, ''],
    ['a reference by an unknown parameter', post(observation('Patient?colour=blue')), 400, ''],
    ['no request', { resource: patient('x') }, 400, ''],
    ['no object', 7, 400, ''],
    ['a fullUrl that is no text', { ...post(patient('x')), fullUrl: 7 }, 400, ''],
    ['a method in small letters', ask('get', 'Patient/A'), 400, ''],
    ['a method that is none', ask('TRACE', 'Patient/A'), 400, ''],
    ['a line break in a condition', post(patient('x'), { ifNoneExist: 'identifier=x\r\nx-y: z' }), 400, ''],
    ['an operation', ask('POST', 'Patient/$export'), 400, ''],
    ['a search by POST', ask('POST', 'Patient/_search?name=x'), 400, ''],
    [
      'another batch',
      { resource: { resourceType: 'Bundle', type: 'batch' }, request: { method: 'POST', url: '' } },
      400,
      '',
    ],
    ['metadata', ask('GET', 'metadata'), 400, ''],
    ['the launch service', ask('POST', '_services/smart/Launch'), 404, ''],
    ['an address above the base', ask('GET', '../oauth/token'), 400, ''],
    ['an address above the base, encoded', ask('DELETE', '%2e%2e/%2e%2e/other/fhir/Patient/A'), 400, ''],
    ['a slash in an id', ask('GET', 'Patient/..%2f..%2fother'), 404, ''],
    ['another host', ask('GET', 'https://other.example/fhir/Patient/A'), 400, ''],
    ['another host without a scheme', ask('GET', '//other.example/fhir/Patient/A'), 400, ''],
    ['another scheme', ask('GET', 'javascript:alert(1)'), 400, ''],
  ])('%s', async (_, entry, status, place) => {
    const answer = await refused(at(entry));
    expect(answer).toMatchObject({ status, expression: `Bundle.entry[1]${place}` });
    expect(answer.diagnostics).toContain('Bundle.entry[1]');
  });

  it('a base of another sandbox', async () => {
    const other = await fhirServer({});
    const answer = await refused(at(ask('GET', `${other.base}/Patient/A`)));
    expect(answer).toMatchObject({ status: 400, expression: 'Bundle.entry[1]' });
    expect((await done([ask('GET', `${here.base}/Patient/A`)]))[0]?.response?.status).toBe('200');
  });

  it.each([
    ['two updates', [put('Patient/A', patient('a', { id: 'A' })), put('Patient/A', patient('b', { id: 'A' }))]],
    [
      'an update and a deletion',
      [put('Patient/A', patient('a', { id: 'A' })), ask('DELETE', 'Patient?identifier=urn:mrn|a')],
    ],
    [
      'two conditions alike',
      [post(patient('x'), { ifNoneExist: 'identifier=x' }), post(patient('x'), { ifNoneExist: 'identifier=x' })],
    ],
  ])('one identity twice: %s', async (_, entries) => {
    expect(await refused(entries)).toMatchObject({ status: 400, expression: 'Bundle.entry[1]' });
  });

  it('one fullUrl twice, or one that contradicts the request', async () => {
    const twice = [post(patient('x'), {}, 'urn:uuid:1'), post(patient('y'), {}, 'urn:uuid:1')];
    expect(await refused(twice)).toMatchObject({ status: 400, expression: 'Bundle.entry[1]' });
    const claims = { ...put('Patient/A', patient('a', { id: 'A' })), fullUrl: `${here.base}/Patient/B` };
    expect(await refused([claims])).toMatchObject({ status: 400, expression: 'Bundle.entry[0]' });
  });

  it.each([
    ['no Bundle', { resourceType: 'Patient' }, 400],
    ['nothing', null, 400],
    ['a collection', { resourceType: 'Bundle', type: 'collection' }, 400],
    ['entries that are none', { resourceType: 'Bundle', type: 'transaction', entry: {} }, 400],
    ['too many', { resourceType: 'Bundle', type: 'transaction', entry: Array.from({ length: 5001 }, () => 0) }, 413],
    ['no bottom', `{"resourceType":"Bundle","type":"batch","entry":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 422],
    ['too much', `{"resourceType":"Bundle","type":"batch","x":"${'x'.repeat(10 * 1024 * 1024)}"}`, 413],
    ['no JSON', '{', 400],
  ])('%s', async (_, body, status) => {
    const response = await here.send('POST', '', 'clinician', body);
    expect(response.status).toBe(status);
    expect((await response.json()).resourceType).toBe('OperationOutcome');
  });

  it('another content type', async () => {
    expect((await here.send('POST', '', 'clinician', {}, { 'content-type': 'text/plain' })).status).toBe(415);
  });
});

describe('permission in a transaction', () => {
  it.each([
    ['reader', post(patient('x')), 'user/Patient.c'],
    ['reader', put('Patient/A', patient('a', { id: 'A' })), 'user/Patient.u'],
    ['reader', ask('DELETE', 'Patient/A'), 'user/Patient.d'],
    ['creator', post(observation('Patient/A'), { ifNoneExist: 'code=x' }), 'user/Observation.s'],
    ['creator', ask('GET', 'Observation/a1'), 'user/Observation.r'],
    ['creator', ask('GET', 'Observation?code=x'), 'user/Observation.s'],
    [
      'creator',
      post({ ...patient('x'), generalPractitioner: [{ reference: 'Practitioner?name=x' }] }),
      'user/Practitioner.s',
    ],
  ])('of %s lacks a scope, which is named with the entry', async (token, entry, scope) => {
    const allowed = token === 'creator' ? post(patient('first')) : ask('GET', 'Patient/A');
    const answer = await refused([allowed, entry], token);
    expect(answer).toEqual({
      status: 403,
      expression: 'Bundle.entry[1]',
      diagnostics: `Bundle.entry[1]: The scope ${scope} is missing.`,
    });
  });

  it.each([
    ['a resource of another patient', post(observation('Patient/B')), 403],
    ['a resource of nobody', post({ resourceType: 'Organization', name: 'x' }), 403],
    ['a new patient', post(patient('x')), 403],
    ['an update of another patient’s', put('Observation/b1', observation('Patient/A', { id: 'b1' })), 404],
    ['a resource moved away', put('Observation/a1', observation('Patient/B', { id: 'a1' })), 403],
    ['a deletion of another patient’s', ask('DELETE', 'Observation/b1'), 404],
    ['a read of another patient', ask('GET', 'Patient/B'), 404],
    [
      'a patch of another patient’s',
      { resource: patchOf([]), request: { method: 'PATCH', url: 'Observation/b1' } },
      404,
    ],
    ['a reference found out of reach', post(observation('Patient?identifier=urn:mrn|b')), 412],
    ['a fullUrl that claims another patient', { ...post(observation('Patient/B')), fullUrl: 'Patient/B' }, 403],
  ])('keeps %s out of a launch', async (_, entry, status) => {
    const allowed = post(observation('Patient/A'));
    expect(await refused([allowed, entry], 'launched')).toMatchObject({ status, expression: 'Bundle.entry[1]' });
  });

  it('lets no urn lead out of the compartment', async () => {
    const urn = 'urn:uuid:7a6b1f4e-9a2e-4a0c-9d5b-5d4d58a7c003';
    const to = (id: string) => ({ ...put(`Patient/${id}`, patient(id.toLowerCase(), { id })), fullUrl: urn });
    expect(await refused([to('B'), post(observation(urn))], 'launched')).toMatchObject({ status: 404 });
    const [, own] = await done([to('A'), post(observation(urn))], 'launched');
    expect((await read(nameOf(own))).subject.reference).toBe('Patient/A');
  });

  it('judges conditional creates by what the caller may search for', async () => {
    const condition = { ifNoneExist: 'subject=Patient/B' };
    const [entry] = await done([post(observation('Patient/A'), condition)], 'launched');
    expect(entry?.response?.status).toBe('201');
  });

  it('judges search parameters of scopes by what was written', async () => {
    const vital = observation('Patient/A', { category: [{ coding: [{ code: 'vital-signs' }] }] });
    expect(await refused([post(observation('Patient/A')), post(vital)], 'narrow')).toMatchObject({ status: 403 });
  });
});
