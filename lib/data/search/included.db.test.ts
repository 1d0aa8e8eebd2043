import type { Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseSearch } from '#lib/fhir/search/request.ts';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import { database } from '../database/database.ts';
import { putResources } from '../resource/resources.ts';
import { searchResources } from './search.ts';

let sandboxId: number;

function organization(id: string, partOf: string) {
  return { resourceType: 'Organization', id, name: id, partOf: { reference: `Organization/${partOf}` } };
}

const resources = [
  { resourceType: 'Patient', id: 'A', managingOrganization: { reference: 'Organization/o1' } },
  { resourceType: 'Patient', id: 'B', link: [{ other: { reference: 'Patient/A' }, type: 'seealso' }] },
  organization('o1', 'o2'),
  organization('o2', 'o3'),
  organization('o3', 'o1'),
  // Has the id of an Organization, but another type.
  { resourceType: 'Location', id: 'o1', name: 'Ward', managingOrganization: { reference: 'Organization/o2' } },
  { resourceType: 'Observation', id: 'a1', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/A' } },
  { resourceType: 'Observation', id: 'b1', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/B' } },
  {
    resourceType: 'Provenance',
    id: 'p1',
    recorded: '2024-01-01T00:00:00Z',
    agent: [{ who: { reference: 'Organization/o1' } }],
    target: [{ reference: 'Observation/a1' }],
  },
  ...Array.from({ length: 12 }, (_, index) => organization(`deep${index}`, `deep${index + 1}`)),
] as Resource[];

beforeAll(async () => {
  sandboxId = (await database().sandbox.create({ data: { slug: 'included', name: 'Included' } })).id;
  await putResources(sandboxId, resources);
});

async function search(type: string, queryString: string, scope = 'system/*.rs') {
  const request = parseSearch(type, [...new URLSearchParams(queryString)]);
  expect(request.ignored).toEqual([]);
  const permission = { scopes: resourceScopes(scope), patient: 'A' };
  const { included, includedCut } = await searchResources({ sandboxId, permission }, request);
  const names = included.map(({ resourceType, id }) => `${resourceType}/${id}`).toSorted();
  return { names: names.join(' '), includedCut };
}

describe('includedResources', () => {
  it.each([
    ['Patient', '_id=A&_include=Patient:organization', 'Organization/o1'],
    ['Patient', '_id=A&_include=*', 'Organization/o1'],
    ['Patient', '_id=B&_include=Patient:*', 'Patient/A'],
    [
      'Patient',
      '_id=A&_include=Patient:organization&_include:iterate=Organization:partof',
      'Organization/o1 Organization/o2 Organization/o3',
    ],
    [
      'Patient',
      '_id=A&_include=Patient:organization&_include:recurse=Organization:partof',
      'Organization/o1 Organization/o2 Organization/o3',
    ],
    ['Patient', '_id=B&_include:iterate=*', 'Organization/o1 Organization/o2 Organization/o3 Patient/A'],
    ['Patient', '_id=A&_revinclude=Observation:subject', 'Observation/a1'],
    [
      'Patient',
      '_id=A&_revinclude=Observation:subject&_revinclude:iterate=Provenance:target',
      'Observation/a1 Provenance/p1',
    ],
    ['Patient', '_id=A&_revinclude=*', 'Observation/a1 Patient/B'],
    ['Patient', '_id=A&_revinclude=Observation:*', 'Observation/a1'],
    ['Location', '_id=o1&_revinclude=*', ''],
    ['Organization', '_id=o1&_revinclude=Provenance:agent', 'Provenance/p1'],
  ])('%s?%s', async (type, queryString, expected) => {
    expect(await search(type, queryString)).toEqual({ names: expected, includedCut: false });
  });

  it('stops after a number of steps, and says so', async () => {
    const { names, includedCut } = await search('Organization', '_id=deep0&_include:iterate=Organization:partof');
    expect(names.split(' ')).toHaveLength(8);
    expect(includedCut).toBe(true);
  });

  it.each([
    ['system/Patient.s', 'Patient', '_id=A&_include=*', ''],
    ['system/Patient.s system/Organization.r', 'Patient', '_id=A&_include=*', 'Organization/o1'],
    ['patient/*.rs', 'Patient', '_include:iterate=*&_revinclude:iterate=*', 'Observation/a1'],
    [
      'patient/*.rs system/Organization.r',
      'Patient',
      '_revinclude=*&_include:iterate=*',
      'Observation/a1 Organization/o1 Organization/o2 Organization/o3',
    ],
    ['system/Patient.s system/Observation.r', 'Patient', '_revinclude=*', ''],
    [
      'system/Patient.s system/Provenance.s',
      'Patient',
      '_id=A&_revinclude=Observation:subject&_revinclude:iterate=Provenance:target',
      '',
    ],
    [
      'system/Patient.s system/Organization.r?name=o2',
      'Patient',
      '_id=A&_include=*&_include:iterate=Organization:partof',
      '',
    ],
  ])('with %s: %s?%s', async (scope, type, queryString, expected) => {
    expect((await search(type, queryString, scope)).names).toBe(expected);
  });
});
