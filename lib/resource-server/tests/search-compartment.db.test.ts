import type { Observation, Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { fhirServer } from './fhir-server.ts';

function observation(id: string, patient: string, code: string): Observation {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ code }] },
    subject: { reference: `Patient/${patient}` },
    performer: [{ reference: 'Practitioner/dr' }],
  };
}

const record: Resource[] = [
  { resourceType: 'Patient', id: 'A' },
  { resourceType: 'Patient', id: 'B' },
  { resourceType: 'Practitioner', id: 'dr' },
  observation('a1', 'A', 'bili'),
  observation('a2', 'A', 'weight'),
  observation('b1', 'B', 'bili'),
];

let here: Awaited<ReturnType<typeof fhirServer>>;

beforeAll(async () => {
  here = await fhirServer({
    clinician: { scope: 'user/*.rs' },
    launched: { scope: 'patient/*.rs', patient: 'A' },
    narrow: { scope: 'user/Observation.rs?code=bili' },
    reader: { scope: 'user/*.r' },
  });
  await here.put(record);
  const elsewhere = await fhirServer({});
  await elsewhere.put(record.map((one) => ({ ...one, id: `other-${one.id}` })));
});

async function found(path: string, token: string): Promise<string> {
  const response = await here.send('GET', path, token);
  expect(response.status).toBe(200);
  const { entry = [], total } = await response.json();
  const matches = entry.filter(({ search }: { search: { mode: string } }) => search.mode === 'match');
  expect(total).toBe(matches.length);
  return entry
    .map(({ resource, search }: { resource: Resource; search: { mode: string } }) =>
      search.mode === 'match' ? resource.id : `+${resource.id}`,
    )
    .join(' ');
}

describe('a search in the compartment of a patient', () => {
  it.each([
    ['clinician', '/Patient/A/Observation', 'a1 a2'],
    ['clinician', '/Patient/A/Observation?code=bili', 'a1'],
    ['clinician', '/Patient/A/Observation?code=bili&_include=Observation:performer', 'a1 +dr'],
    ['clinician', '/Patient/A/Observation?patient=B', ''],
    ['clinician', '/Patient/A/Practitioner', ''],
    ['clinician', '/Patient/A/Patient', 'A'],
    ['clinician', '/Patient/A/*', 'A a1 a2'],
    ['clinician', '/Patient/A/*?_type=Observation', 'a1 a2'],
    ['clinician', '/Patient/C/Observation', ''],
    ['launched', '/Patient/A/Observation', 'a1 a2'],
    ['launched', '/Patient/B/Observation', ''],
    ['launched', '/Patient/B/*', ''],
    ['narrow', '/Patient/A/Observation', 'a1'],
    ['narrow', '/Patient/B/*', 'b1'],
  ])('%s finds %s: %s', async (token, path, expected) => {
    expect(await found(path, token)).toBe(expected);
  });

  it('comes by POST too, and in pages of its own address', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const first = await (
      await here.send('POST', '/Patient/A/Observation/_search', 'clinician', '_count=1', form)
    ).json();
    expect(first).toMatchObject({ total: 2, entry: [{ resource: { id: 'a1' } }] });
    const next = first.link.find(({ relation }: { relation: string }) => relation === 'next').url;
    expect(next.startsWith(`${here.base}/Patient/A/Observation?`)).toBe(true);
    const second = await (await here.send('GET', next.slice(here.base.length), 'clinician')).json();
    expect(second).toMatchObject({ total: 2, entry: [{ resource: { id: 'a2' } }] });
  });

  it.each([
    ['reader', '/Patient/A/Observation', 403, 'The scope user/Observation.s is missing.'],
    ['reader', '/Patient/A/*', 403, 'The scope user/*.s is missing.'],
    ['narrow', '/Patient/A/Condition', 403, 'The scope user/Condition.s is missing.'],
    ['clinician', '/Patient/A/Nothing', 404, 'FHIR R4 has no resource type "Nothing".'],
    ['clinician', '/Patient/A%00/Observation', 404, 'There is no Patient'],
    ['clinician', '/Patient/A/Observation?date=yesterday', 400, 'yesterday'],
    ['clinician', '/Encounter/A/Observation', 404, 'nothing at'],
  ])('refuses %s %s with %i', async (token, path, status, words) => {
    const response = await here.send('GET', path, token);
    const { issue } = await response.json();
    expect([response.status, issue[0].diagnostics]).toEqual([status, expect.stringContaining(words)]);
  });

  it('refuses what it does not know when handling is strict', async () => {
    const strict = { prefer: 'handling=strict' };
    expect((await here.send('GET', '/Patient/A/Observation?flavour=x', 'clinician', undefined, strict)).status).toBe(
      400,
    );
    expect((await here.send('GET', '/Patient/A/*?flavour=x', 'clinician', undefined, strict)).status).toBe(400);
  });
});
