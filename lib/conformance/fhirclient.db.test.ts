import type { Bundle, Observation, Patient, Practitioner } from 'fhir/r4';
import smart from 'fhirclient';
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

let client: ReturnType<ReturnType<typeof smart>['client']>;
let base: string;

function observation(id: string): Observation {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { text: 'Pulse' },
    subject: { reference: 'Patient/A' },
    performer: [{ reference: 'Practitioner/dr' }],
    effectiveDateTime: '2024-01-01',
  };
}

beforeAll(async () => {
  served.answer = answer;
  const here = await fhirServer({ app: { scope: 'patient/*.cruds user/Practitioner.rs', patient: 'A' } });
  await here.put([
    {
      resourceType: 'Patient',
      id: 'A',
      name: [{ family: 'Alpha' }],
      generalPractitioner: [{ reference: 'Practitioner/dr' }],
    } as Patient,
    { resourceType: 'Practitioner', id: 'dr', name: [{ family: 'Chen' }] } as Practitioner,
    ...['o1', 'o2', 'o3', 'o4', 'o5'].map(observation),
    { ...observation('other'), subject: { reference: 'Patient/B' } },
  ]);
  base = here.base;
  const tokenResponse = { access_token: `${here.slug}-app`, patient: 'A' };
  client = smart({} as never, {} as never).client({ serverUrl: base, tokenResponse } as never);
});

afterAll(() => served.stop());

describe('fhirclient', () => {
  it('reads the patient in context, and resolves references', async () => {
    expect(await client.patient.read()).toMatchObject({ id: 'A', name: [{ family: 'Alpha' }] });
    const patient = await client.request<Patient>('Patient/A', { resolveReferences: ['generalPractitioner.0'] });
    expect(patient.generalPractitioner?.[0]).toMatchObject({ resourceType: 'Practitioner', id: 'dr' });
    const { data, references } = await client.request<{ data: Observation; references: Record<string, Practitioner> }>(
      'Observation/o1',
      {
        resolveReferences: ['performer.0', 'subject'],
        graph: false,
      },
    );
    expect([data.id, Object.keys(references).toSorted()]).toEqual(['o1', ['Patient/A', 'Practitioner/dr']]);
  });

  it('follows all pages, and makes one list of them', async () => {
    const flat = await client.request<Observation[]>('Observation?_count=2&_sort=_id', { pageLimit: 0, flat: true });
    expect(flat.map(({ id }) => id)).toEqual(['o1', 'o2', 'o3', 'o4', 'o5']);
    const pages = await client.request<Bundle[]>('Observation?_count=2', { pageLimit: 2 });
    expect(pages.map(({ entry }) => entry?.length)).toEqual([2, 2]);
    const seen: (string | undefined)[] = [];
    for await (const { id } of client.resources('Observation?_count=3')) seen.push(id);
    expect(seen.toSorted()).toEqual(['o1', 'o2', 'o3', 'o4', 'o5']);
  });

  it('asks for what belongs to the patient', async () => {
    const found = await client.patient.request<Bundle>('Observation?_count=10');
    expect(found).toMatchObject({ total: 5 });
    expect(await client.patient.request<Patient>('Patient')).toMatchObject({ total: 1 });
  });

  it('creates, updates, patches and deletes', async () => {
    const { id: _, ...fresh } = observation('');
    const created = await client.create<Observation>(fresh as never);
    expect(created).toMatchObject({ status: 'final', meta: { versionId: '1' } });
    const updated = await client.update<Observation>({ ...created, status: 'amended' } as never);
    expect(updated).toMatchObject({ status: 'amended', meta: { versionId: '2' } });
    const url = `Observation/${created.id}`;
    const patched = await client.patch<Observation>(url, [{ op: 'replace', path: '/status', value: 'corrected' }]);
    expect(patched).toMatchObject({ status: 'corrected', meta: { versionId: '3' } });
    await client.delete(url);
    await expect(client.request(url)).rejects.toThrow(/410/);
  });

  it('passes on what the server says about a refusal', async () => {
    await expect(client.request('Organization/x')).rejects.toThrow(/404/);
    await expect(
      client.create({ ...observation(''), id: undefined, subject: { reference: 'Patient/B' } } as never),
    ).rejects.toThrow(/403/);
    const practitioner = { resourceType: 'Practitioner', id: 'dr' };
    await expect(client.update(practitioner as never)).rejects.toThrow(/Practitioner/);
    await expect(client.patch('Observation/o1', [{ op: 'replace', path: '/status', value: 'blue' }])).rejects.toThrow(
      /status/,
    );
  });

  it('learns which version of FHIR is spoken', async () => {
    expect([await client.getFhirVersion(), await client.getFhirRelease()]).toEqual(['4.0.1', 4]);
  });
});
