import type { Bundle, Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import { everythingText } from '../operation/everything.ts';
import { searchAllText } from '../search/search-all.ts';

let sandbox: { id: number; slug: string };

const resources = [
  {
    resourceType: 'Patient',
    id: 'A',
    meta: { tag: [{ code: 't' }] },
    generalPractitioner: [{ reference: 'Practitioner/dr' }],
    link: [{ other: { reference: 'Patient/B' }, type: 'seealso' }],
  },
  { resourceType: 'Patient', id: 'B' },
  { resourceType: 'Practitioner', id: 'dr', name: [{ family: 'Chen' }] },
  { resourceType: 'Practitioner', id: 'other' },
  { resourceType: 'Observation', id: 'a1', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/A' } },
  {
    resourceType: 'Observation',
    id: 'b1',
    meta: { tag: [{ code: 't' }] },
    status: 'final',
    code: { text: 'x' },
    subject: { reference: 'Patient/B' },
  },
  { resourceType: 'Condition', id: 'c1', subject: { reference: 'Patient/A' } },
] as unknown as Resource[];

beforeAll(async () => {
  sandbox = await database().sandbox.create({ data: { slug: 'all', name: 'All' } });
  await putResources(sandbox.id, resources, { now: new Date('2024-01-01T00:00:00Z') });
});

function searcher(scope = 'system/*.rs') {
  return { sandbox, sandboxId: sandbox.id, permission: { scopes: resourceScopes(scope), patient: 'A' } };
}

function read(text: string) {
  const { entry = [], total, link = [] } = JSON.parse(text) as Bundle;
  const ids = entry.map(({ resource, search }) => `${search?.mode === 'include' ? '+' : ''}${resource?.id}`);
  return { ids: ids.join(' '), total, next: link.find(({ relation }) => relation === 'next')?.url };
}

async function search(queryString: string, scope?: string) {
  return read(await searchAllText(searcher(scope), new URLSearchParams(queryString)));
}

async function everything(queryString: string, scope?: string, patient = 'A') {
  return read(await everythingText(searcher(scope), patient, new URLSearchParams(queryString)));
}

describe('searchAllText', () => {
  it.each([
    ['', undefined, 'A B dr other a1 b1 c1'],
    ['_id=a1,A', undefined, 'A a1'],
    ['_tag=t', undefined, 'A b1'],
    ['_type=Observation,Condition&patient=A', undefined, 'a1 c1'],
    ['_type=Observation&_include=Observation:subject', undefined, 'a1 b1 +A +B'],
    ['_lastUpdated=lt2024', undefined, ''],
    ['', 'patient/*.rs', 'A a1 c1'],
    ['_tag=t', 'patient/*.rs', 'A'],
    ['', 'patient/Observation.rs system/Practitioner.s?family=chen', 'dr a1'],
    ['_id=b1', 'patient/*.rs', ''],
  ])('finds %j with %s', async (queryString, scope, expected) => {
    const { ids, total } = await search(queryString, scope);
    expect(ids).toBe(expected);
    expect(total).toBe(expected.split(' ').filter((id) => id && !id.startsWith('+')).length);
    expect((await search(`${queryString}&_summary=count`, scope)).total).toBe(total);
  });

  it('pages through all types', async () => {
    const { ids, next, total } = await search('_count=3');
    expect({ ids, total }).toEqual({ ids: 'A B dr', total: 7 });
    expect((await search(new URL(next ?? '').search)).ids).toBe('other a1 b1');
  });

  it.each([
    ['_type=Nothing', 'system/*.rs', 404],
    ['_type=Condition', 'system/Patient.rs', 403],
    ['', 'system/Patient.r', 403],
    ['_lastUpdated=x', 'system/*.rs', 400],
  ])('refuses %j with %s', async (queryString, scope, status) => {
    await expect(search(queryString, scope)).rejects.toMatchObject({ status });
  });

  it('names what not all types know', async () => {
    const text = await searchAllText(searcher(), new URLSearchParams('name=x&_id=A'));
    expect(text).toContain('The search parameter \\"name\\" is not supported for');
    const strict = searchAllText(searcher(), new URLSearchParams('name=x'), { strict: true });
    await expect(strict).rejects.toMatchObject({ status: 400 });
  });
});

describe('everythingText', () => {
  it.each([
    ['', undefined, 'A a1 c1 +dr'],
    ['_type=Observation', undefined, 'a1'],
    ['_since=2025-01-01T00:00:00Z', undefined, ''],
    ['_since=2023-01-01T00:00:00Z&_type=Condition', undefined, 'c1'],
    ['', 'patient/*.rs', 'A a1 c1'],
    ['', 'patient/*.rs system/Practitioner.r', 'A a1 c1 +dr'],
    ['', 'patient/Patient.rs patient/Condition.rs', 'A c1'],
    ['', 'patient/Patient.rs patient/Condition.r', 'A'],
  ])('answers %j with %s', async (queryString, scope, expected) => {
    expect((await everything(queryString, scope)).ids).toBe(expected);
  });

  it('comes in pages', async () => {
    const { ids, next } = await everything('_count=1');
    expect(ids).toBe('A +dr');
    expect(new URL(next ?? '').pathname).toBe('/all/fhir/Patient/A/$everything');
    expect((await everything(new URL(next ?? '').search)).ids).toBe('a1');
  });

  it.each([
    ['B', 'patient/*.rs', '', 404],
    ['nobody', 'system/*.rs', '', 404],
    ['A', 'system/Observation.rs', '', 403],
    ['A', 'system/*.rs', '_since=x', 400],
    ['A', 'system/*.rs', 'name=x', 400],
  ])('refuses %s with %s and %j', async (patient, scope, queryString, status) => {
    await expect(everything(queryString, scope, patient)).rejects.toMatchObject({ status });
  });
});
