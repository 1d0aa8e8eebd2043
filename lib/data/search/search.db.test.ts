import type { Observation, Patient, Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseSearch } from '#lib/fhir/search/request.ts';
import type { Permission } from '#lib/smart/permission/permission.ts';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import { database } from '../database/database.ts';
import { putResources } from '../resource/resources.ts';
import { searchResources } from './search.ts';

const base = 'https://ehr.example/one/fhir';
const everything: Permission = { scopes: resourceScopes('system/*.rs') };
const patientA: Permission = { scopes: resourceScopes('patient/*.rs'), patient: 'A' };

function patient(id: string, family: string, birthDate: string, more: Partial<Patient> = {}): Patient {
  return { resourceType: 'Patient', id, name: [{ family, given: ['Zoë Maria', `Given${id}`] }], birthDate, ...more };
}

function observation(id: string, of: string, code: string, day: string, more: Partial<Observation> = {}): Observation {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    category: [{ coding: [{ system: 'http://cat', code: code === 'bili' ? 'laboratory' : 'vital-signs' }] }],
    code: { coding: [{ system: 'http://loinc.org', code }] },
    subject: { reference: `Patient/${of}` },
    effectiveDateTime: day,
    ...more,
  };
}

const resources: Resource[] = [
  patient('A', 'Núñez', '1980-05-01', {
    gender: 'female',
    identifier: [{ system: 'http://mrn', value: '1' }],
    generalPractitioner: [{ reference: 'Practitioner/dr' }],
    managingOrganization: { reference: 'Organization/org' },
    meta: { tag: [{ system: 'http://tag', code: 'x' }] },
  }),
  patient('B', 'Nunez', '1990', { gender: 'male', identifier: [{ value: '1' }], address: [{ city: 'Springfield' }] }),
  patient('C', "O'Hara", '2020-12-31', { link: [{ other: { reference: 'Patient/B' }, type: 'seealso' }] }),
  { resourceType: 'Practitioner', id: 'dr', name: [{ family: 'Chen' }] },
  { resourceType: 'Organization', id: 'org', name: 'General, Hospital' },
  observation('a1', 'A', 'bili', '2024-01-01T10:00:00+02:00', {
    valueQuantity: { value: 5.4, unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' },
  }),
  observation('a2', 'A', 'bili', '2024-01-02', { performer: [{ reference: 'Practitioner/dr' }] }),
  observation('a3', 'A', 'weight', '2024-02', { valueQuantity: { value: 70, unit: 'kg' } }),
  observation('b1', 'B', 'bili', '2024-01-01T23:30:00-05:00'),
  observation('b2', 'B', 'weight', '2023', { effectiveDateTime: undefined, effectivePeriod: { start: '2023-06-01' } }),
  {
    resourceType: 'Provenance',
    id: 'p1',
    recorded: '2024-01-01T00:00:00Z',
    agent: [{ who: { reference: 'Practitioner/dr' } }],
    target: [{ reference: 'Observation/a1' }, { reference: 'Patient/A' }],
  },
  {
    resourceType: 'Provenance',
    id: 'p2',
    recorded: '2024-01-01T00:00:00Z',
    agent: [{ who: { reference: 'Practitioner/dr' } }],
    target: [{ reference: 'Observation/b1' }, { reference: 'Patient/B' }],
  },
] as Resource[];

let one: number;
let two: number;

beforeAll(async () => {
  one = (await database().sandbox.create({ data: { slug: 'one', name: 'One' } })).id;
  two = (await database().sandbox.create({ data: { slug: 'two', name: 'Two' } })).id;
  await putResources(one, resources);
  await putResources(two, [observation('other', 'A', 'bili', '2024-01-01'), patient('A', 'Elsewhere', '1950-01-01')]);
});

async function search(type: string, queryString: string, permission = everything, sandbox = one) {
  const request = parseSearch(type, [...new URLSearchParams(queryString)], base);
  expect(request.ignored).toEqual([]);
  const result = await searchResources({ sandboxId: sandbox, permission }, request);
  return { ...result, ids: result.matches.map(({ id }) => id), also: result.included.map(({ id }) => id) };
}

describe('searchResources', () => {
  it.each([
    ['Patient', '', 'A B C'],
    ['Patient', '_id=C,A', 'A C'],
    ['Patient', '_id=nobody', ''],
    ['Patient', 'name=nun', 'A B'],
    ['Patient', 'name=NÚÑ', 'A B'],
    ['Patient', 'family:exact=Nunez', 'B'],
    ['Patient', 'family:contains=une', 'A B'],
    ['Patient', "family=o'h", 'C'],
    ['Patient', 'name=zoe', 'A B C'],
    ['Patient', 'name=GivenA,GivenC', 'A C'],
    ['Patient', 'name=nun&name=givena', 'A'],
    ['Patient', 'name=%25', ''],
    ['Patient', 'name=_', ''],
    ['Patient', 'address-city=spring', 'B'],
    ['Patient', 'gender=female', 'A'],
    ['Patient', 'gender:not=female', 'B C'],
    ['Patient', 'gender:missing=true', 'C'],
    ['Patient', 'gender:missing=false', 'A B'],
    ['Patient', 'identifier=1', 'A B'],
    ['Patient', 'identifier=http://mrn|1', 'A'],
    ['Patient', 'identifier=|1', 'B'],
    ['Patient', 'identifier=http://mrn|', 'A'],
    ['Patient', 'identifier=http://mrn|2,|1', 'B'],
    ['Patient', '_tag=http://tag|x', 'A'],
    ['Patient', 'birthdate=1980-05-01', 'A'],
    ['Patient', 'birthdate=1980', 'A'],
    ['Patient', 'birthdate=1990-01-01', ''],
    ['Patient', 'birthdate=ge1990', 'B C'],
    ['Patient', 'birthdate=gt1990', 'C'],
    ['Patient', 'birthdate=lt1990', 'A'],
    ['Patient', 'birthdate=le1990', 'A B'],
    ['Patient', 'birthdate=ne1980-05-01', 'B C'],
    ['Patient', 'birthdate=sa1980-05-01', 'B C'],
    ['Patient', 'birthdate=eb2020-12-31', 'A B'],
    ['Patient', 'birthdate=ge1970&birthdate=lt2000', 'A B'],
    ['Patient', 'general-practitioner=Practitioner/dr', 'A'],
    ['Patient', 'general-practitioner=dr', 'A'],
    ['Patient', `general-practitioner=${base}/Practitioner/dr`, 'A'],
    ['Patient', 'general-practitioner=http://elsewhere/Practitioner/dr', ''],
    ['Patient', 'general-practitioner:Practitioner=dr', 'A'],
    ['Patient', 'general-practitioner.family=chen', 'A'],
    ['Patient', 'organization.name=general\\, hos', 'A'],
    ['Patient', '_lastUpdated=ge2020', 'A B C'],
    ['Patient', '_lastUpdated=lt2020', ''],
    ['Patient', '_sort=family', 'A B C'],
    ['Patient', '_sort=-birthdate', 'C B A'],
    ['Patient', '_sort=gender', 'C A B'],
    ['Patient', '_sort=-_id', 'C B A'],
    ['Patient', '_sort=family,-birthdate', 'B A C'],
    ['Observation', 'patient=A&code=bili', 'a1 a2'],
    ['Observation', 'patient=Patient/A&code=http://loinc.org|bili,http://loinc.org|weight', 'a1 a2 a3'],
    ['Observation', 'subject:Patient=B', 'b1 b2'],
    ['Observation', 'patient.family=nunez&category=laboratory', 'a1 a2 b1'],
    ['Observation', 'subject:Patient.birthdate=lt1985', 'a1 a2 a3'],
    ['Observation', 'patient.general-practitioner.family=chen', 'a1 a2 a3'],
    ['Observation', 'date=2024-01-01', 'a1'],
    ['Observation', 'date=2024-01-02', 'a2 b1'],
    ['Observation', 'date=2024-01-01T08:00:00Z', 'a1'],
    ['Observation', 'date=2024-01-01T10:00:00+02:00', 'a1'],
    ['Observation', 'date=ge2024-02', 'a3 b2'],
    ['Observation', 'date=ap2024-01-15', 'a1 a2 a3 b1 b2'],
    ['Observation', 'value-quantity=5.4', 'a1'],
    ['Observation', 'value-quantity=5', 'a1'],
    ['Observation', 'value-quantity=5.40|http://unitsofmeasure.org|mg/dL', 'a1'],
    ['Observation', 'value-quantity=gt5.4', 'a3'],
    ['Observation', 'value-quantity=ge5.4||mg/dL', 'a1'],
    ['Observation', 'value-quantity=lt100||kg', 'a3'],
    ['Observation', 'value-quantity=7e1', 'a3'],
  ])('finds %s?%s', async (type, queryString, expected) => {
    const { ids, total } = await search(type, queryString);
    const wanted = expected.split(' ').filter(Boolean);
    expect(queryString.includes('_sort') ? ids : ids.toSorted()).toEqual(wanted);
    expect(total).toBe(wanted.length);
  });

  it('stays within the sandbox', async () => {
    expect((await search('Observation', '', everything, two)).ids).toEqual(['other']);
    expect((await search('Observation', 'patient.family=nunez', everything, two)).ids).toEqual([]);
  });

  it.each(['_sort=date', '_sort=-date', '', '_sort=code,-_lastUpdated', '_sort=value-string'])(
    'pages through all matches once, in order, with %j',
    async (sort) => {
      const request = (extra: string) =>
        parseSearch(
          'Observation',
          [...new URLSearchParams(`${sort}&${extra}`)].filter(([name]) => name),
        );
      const whole = await searchResources({ sandboxId: one, permission: everything }, request(''));
      const seen: string[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const page = await searchResources(
          { sandboxId: one, permission: everything },
          request(`_count=2${cursor && `&_cursor=${cursor}`}`),
        );
        expect(page.total).toBe(5);
        seen.push(...page.matches.map(({ id }) => id));
        cursor = page.next;
      }
      expect(seen).toEqual(whole.matches.map(({ id }) => id));
      expect(new Set(seen).size).toBe(5);
    },
  );

  it.each(['x', Buffer.from('["1;DROP"]').toString('base64url'), Buffer.from('{}').toString('base64url'), 'bnVsbA'])(
    'refuses the cursor %j',
    async (cursor) => {
      await expect(search('Patient', `_cursor=${cursor}`)).rejects.toMatchObject({ status: 400 });
    },
  );

  it('answers a total alone', async () => {
    expect(await search('Observation', '_summary=count&code=bili')).toMatchObject({ matches: [], total: 3 });
    expect(await search('Observation', '_count=0')).toMatchObject({ matches: [], total: 5 });
  });

  it('leaves the total out when none is wanted', async () => {
    expect(await search('Observation', '_total=none&_count=1')).not.toHaveProperty('total');
  });

  it('includes what matches refer to, and what refers to them', async () => {
    expect(
      (await search('Observation', '_id=a2&_include=Observation:subject&_include=Observation:performer')).also,
    ).toEqual(['A', 'dr']);
    expect((await search('Observation', '_id=a1,b1&_revinclude=Provenance:target')).also.toSorted()).toEqual([
      'p1',
      'p2',
    ]);
    expect((await search('Patient', '_include=Patient:link')).also).toEqual([]);
  });
});

describe('searchResources within a permission', () => {
  it.each([
    ['Observation', '', 'a1 a2 a3'],
    ['Observation', 'patient=B', ''],
    ['Observation', '_id=a1,b1,b2', 'a1'],
    ['Observation', 'subject=Patient/A,Patient/B', 'a1 a2 a3'],
    ['Observation', 'code:not=weight', 'a1 a2'],
    ['Observation', 'patient.family=nunez', 'a1 a2 a3'],
    ['Patient', '', 'A'],
    ['Patient', 'link:missing=true', 'A'],
    ['Practitioner', '', ''],
    ['Patient', 'general-practitioner.family=chen', ''],
    ['Provenance', '', 'p1'],
  ])("keeps %s?%s in the patient's compartment", async (type, queryString, expected) => {
    const { ids, total } = await search(type, queryString, patientA);
    expect(ids).toEqual(expected.split(' ').filter(Boolean));
    expect(total).toBe(ids.length);
  });

  it('counts only what is within reach', async () => {
    expect((await search('Observation', '_summary=count', patientA)).total).toBe(3);
    expect((await search('Observation', '_count=1', patientA)).total).toBe(3);
  });

  it('includes nothing out of reach', async () => {
    const { also } = await search(
      'Observation',
      '_include=Observation:subject&_include=Observation:performer&_revinclude=Provenance:target',
      patientA,
    );
    expect(also).toEqual(['A', 'p1']);
    const narrow: Permission = { scopes: resourceScopes('system/Observation.s') };
    expect((await search('Observation', '_include=Observation:subject', narrow)).also).toEqual([]);
  });

  it.each([
    ['system/Observation.s system/Patient.r', '_include=Observation:subject', ['A']],
    ['system/Observation.s system/Patient.s', '_include=Observation:subject', ['A']],
    ['system/Observation.s system/Patient.cud', '_include=Observation:subject', []],
    ['system/Observation.s system/Provenance.r', '_revinclude=Provenance:target', []],
    ['system/Observation.s system/Provenance.s', '_revinclude=Provenance:target', ['p1']],
  ])('with %s, %s', async (scope, inclusion, expected) => {
    expect((await search('Observation', `_id=a1&${inclusion}`, { scopes: resourceScopes(scope) })).also).toEqual(
      expected,
    );
  });

  it.each([
    ['patient/Observation.rs?category=laboratory', 'a1 a2'],
    ['patient/Observation.rs?category=http://cat|vital-signs', 'a3'],
    ['patient/Observation.rs?category=laboratory patient/Observation.rs?code=weight', 'a1 a2 a3'],
    ['patient/Observation.rs?category=laboratory&code=weight', ''],
    ['patient/Observation.rs?nonsense=1', ''],
    ['patient/Observation.rs?date=yesterday', ''],
    ['patient/Observation.rs?_count=1', ''],
    ['patient/Observation.rs?patient.family=nunez', ''],
    ['patient/Observation.rs?__proto__=x', ''],
    ['patient/*.rs?category=laboratory', 'a1 a2'],
    ['patient/Observation.r', ''],
  ])('searches within %s', async (scope, expected) => {
    const { ids, total } = await search('Observation', '', { scopes: resourceScopes(scope), patient: 'A' });
    expect(ids).toEqual(expected.split(' ').filter(Boolean));
    expect(total).toBe(ids.length);
  });

  it("confines a patient user's token to their own records", async () => {
    const scopes = resourceScopes('user/*.rs');
    expect((await search('Observation', '', { scopes, userPatients: ['B'] })).ids).toEqual(['b1', 'b2']);
    expect((await search('Observation', '', { scopes, userPatients: [] })).ids).toEqual([]);
  });

  it('reaches nothing without a scope', async () => {
    expect((await search('Patient', '', { scopes: [] })).ids).toEqual([]);
    expect((await search('Patient', '', { scopes: resourceScopes('patient/*.rs') })).ids).toEqual([]);
  });
});
