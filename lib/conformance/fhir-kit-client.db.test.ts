import type { Bundle, Observation, OperationOutcome, Patient } from 'fhir/r4';
import { Client } from 'fhir-kit-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fhirServer } from '#lib/resource-server/tests/fhir-server.ts';
import { answer } from './servers.ts';

// The library brings its own fetch, so it needs a real server, and the configuration must name that server before any
// module reads it.
const served = await vi.hoisted(async () => {
  const { serve } = await import('./served.ts');
  const server = await serve();
  process.env.PUBLIC_URL = server.origin;
  return server;
});

let client: Client;
let launched: Client;
let base: string;

function observation(id: string, value: number): Observation {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    subject: { reference: 'Patient/A' },
    performer: [{ reference: 'Practitioner/dr' }],
    valueQuantity: { value },
  };
}

beforeAll(async () => {
  served.answer = answer;
  const here = await fhirServer({
    clinician: { scope: 'user/*.cruds' },
    launched: { scope: 'patient/Observation.rs patient/Patient.r', patient: 'A' },
  });
  await here.put([
    { resourceType: 'Patient', id: 'A', name: [{ family: 'Alpha' }] } as Patient,
    { resourceType: 'Patient', id: 'B' },
    { resourceType: 'Practitioner', id: 'dr' },
    ...[1, 2, 3, 4, 5].map((value) => observation(`o${value}`, value)),
    { ...observation('other', 9), subject: { reference: 'Patient/B' } },
  ]);
  base = here.base;
  client = new Client({ baseUrl: base, bearerToken: `${here.slug}-clinician` });
  launched = new Client({ baseUrl: base, bearerToken: `${here.slug}-launched` });
});

afterAll(() => served.stop());

/** Casts to Bundle: the library's types know less about resources than FHIR's own. */
const bundleOf = async (asked: Promise<unknown> | undefined): Promise<Bundle> => (await asked) as Bundle;

const idsOf = (bundle: unknown) => ((bundle as Bundle).entry ?? []).flatMap(({ resource }) => resource?.id ?? []);

/** Status and diagnostics of a refusal, from the error that the library throws. */
async function refusalOf(asked: Promise<unknown>): Promise<{ status: number; diagnostics: string | undefined }> {
  const { response } = await asked.then(
    () => Promise.reject(new Error('It was not refused.')),
    (thrown: { response: { status: number; data: OperationOutcome } }) => thrown,
  );
  return { status: response.status, diagnostics: response.data.issue?.[0]?.diagnostics };
}

describe('fhir-kit-client', () => {
  it('discovers what the server can do', async () => {
    const statement = await client.capabilityStatement();
    expect(statement).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
    const { authorizeUrl, tokenUrl } = await client.smartAuthMetadata();
    const issuer = base.replace(/\/fhir$/, '');
    expect([String(authorizeUrl), String(tokenUrl)]).toEqual([`${issuer}/oauth/authorize`, `${issuer}/oauth/token`]);
  });

  it('creates, reads, updates, patches and deletes, and reads earlier versions', async () => {
    const created = await client.create({
      resourceType: 'Patient',
      body: { resourceType: 'Patient', gender: 'male' } as never,
    });
    const id = String((created as Patient).id);
    const { response } = Client.httpFor(created) as { response: Response };
    expect([response.status, response.headers.get('location')]).toEqual([201, `${base}/Patient/${id}/_history/1`]);
    expect(await client.read({ resourceType: 'Patient', id })).toMatchObject({
      gender: 'male',
      meta: { versionId: '1' },
    });
    const body = { resourceType: 'Patient', id, gender: 'other' } as never;
    const match = (version: string) => ({ headers: { 'If-Match': `W/"${version}"` } });
    expect((await refusalOf(client.update({ resourceType: 'Patient', id, body, options: match('9') }))).status).toBe(
      412,
    );
    expect(await client.update({ resourceType: 'Patient', id, body, options: match('1') })).toMatchObject({
      gender: 'other',
    });
    const jsonPatch = [{ op: 'replace' as const, path: '/gender', value: 'unknown' }];
    expect(await client.patch({ resourceType: 'Patient', id, jsonPatch })).toMatchObject({ gender: 'unknown' });
    expect(await client.vread({ resourceType: 'Patient', id, version: '1' })).toMatchObject({ gender: 'male' });
    const history = await bundleOf(client.history({ resourceType: 'Patient', id }));
    expect(history.entry?.map(({ resource }) => resource?.meta?.versionId)).toEqual(['3', '2', '1']);
    await client.delete({ resourceType: 'Patient', id });
    expect((await refusalOf(client.read({ resourceType: 'Patient', id }))).status).toBe(410);
    expect((await bundleOf(client.history({ resourceType: 'Patient' }))).entry?.[0]?.request?.method).toBe('DELETE');
    expect((await bundleOf(client.history())).type).toBe('history');
  });

  it.each([false, true])('searches, turns pages and includes; by POST: %s', async (postSearch) => {
    const searchParams = {
      patient: 'A',
      code: 'http://loinc.org|8867-4',
      _count: '2',
      _sort: '_id',
      _include: 'Observation:performer',
    };
    const options = { postSearch };
    const first = await bundleOf(client.search({ resourceType: 'Observation', searchParams, options }));
    expect([first.total, idsOf(first)]).toEqual([5, ['o1', 'o2', 'dr']]);
    const second = await bundleOf(client.nextPage({ bundle: first as never }));
    const third = await bundleOf(client.nextPage({ bundle: second as never }));
    expect([idsOf(second), idsOf(third)]).toEqual([
      ['o3', 'o4', 'dr'],
      ['o5', 'dr'],
    ]);
    expect(client.nextPage({ bundle: third as never })).toBeUndefined();
    const compartment = { resourceType: 'Patient', id: 'B' };
    expect(idsOf(await client.search({ resourceType: 'Observation', compartment, options }))).toEqual(['other']);
    expect(idsOf(await client.search({ searchParams: { _id: 'dr' }, options }))).toEqual(['dr']);
    expect(
      idsOf(await client.resourceSearch({ resourceType: 'Patient', searchParams: { name: 'alp' }, options })),
    ).toEqual(['A']);
  });

  it('follows references: by the server’s address, relative, in a Bundle and contained', async () => {
    expect(await client.resolve({ reference: `${base}/Patient/A` })).toMatchObject({ id: 'A' });
    expect(await client.resolve({ reference: 'Practitioner/dr' })).toMatchObject({ id: 'dr' });
    const searchParams = { _id: 'o1', _include: 'Observation:subject' };
    const bundle = await bundleOf(client.search({ resourceType: 'Observation', searchParams }));
    expect(await client.resolve({ reference: 'Patient/A', context: bundle as never })).toBe(
      bundle.entry?.[1]?.resource,
    );
    const holder = { ...observation('x', 1), contained: [{ resourceType: 'Practitioner', id: 'inside' }] };
    expect(await client.resolve({ reference: '#inside', context: holder as never })).toMatchObject({ id: 'inside' });
  });

  it('asks for a whole record', async () => {
    const all = await client.operation({ name: '$everything', resourceType: 'Patient', id: 'A', method: 'GET' });
    expect(idsOf(all).toSorted()).toEqual(['A', 'dr', 'o1', 'o2', 'o3', 'o4', 'o5']);
  });

  it('sends a batch, in which each entry stands for itself', async () => {
    const entry = [
      { request: { method: 'GET', url: 'Patient/A' } },
      { request: { method: 'GET', url: 'Patient/nowhere' } },
      { request: { method: 'GET', url: 'Observation?patient=B' } },
    ];
    const answered = await bundleOf(
      client.batch({
        body: { resourceType: 'Bundle', type: 'batch', entry } as never,
      }),
    );
    expect(answered.entry?.map(({ response }) => response?.status?.slice(0, 3))).toEqual(['200', '404', '200']);
  });

  it('sends a transaction whose entries name each other', async () => {
    const fullUrl = 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a';
    const about = { ...observation('', 7), id: undefined, subject: { reference: fullUrl } };
    const entry = [
      { fullUrl, resource: { resourceType: 'Patient' }, request: { method: 'POST', url: 'Patient' } },
      { resource: about, request: { method: 'POST', url: 'Observation' } },
    ];
    const body = { resourceType: 'Bundle', type: 'transaction', entry } as never;
    const answered = await bundleOf(client.transaction({ body }));
    const [patient = '', seen = ''] = (answered.entry ?? []).map(({ response }) =>
      response?.location?.split('/').at(-3),
    );
    const stored = await client.read({ resourceType: 'Observation', id: seen });
    expect(stored).toMatchObject({ subject: { reference: `Patient/${patient}` } });
    expect(await client.read({ resourceType: 'Patient', id: patient })).toMatchObject({ resourceType: 'Patient' });
  });

  it('learns which scope its token lacks', async () => {
    expect(idsOf(await launched.search({ resourceType: 'Observation' }))).toHaveLength(5);
    expect(await refusalOf(launched.search({ resourceType: 'Patient' }))).toEqual({
      status: 403,
      diagnostics: 'The scope patient/Patient.s is missing.',
    });
    expect((await refusalOf(launched.read({ resourceType: 'Patient', id: 'B' }))).status).toBe(404);
    const body = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ request: { method: 'DELETE', url: 'Observation/o1' } }],
    } as never;
    expect((await refusalOf(launched.transaction({ body }))).status).toBe(403);
  });
});
