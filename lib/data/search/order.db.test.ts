import type { Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseSearch } from '#lib/fhir/search/request.ts';
import type { Permission } from '#lib/smart/permission/permission.ts';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import { database } from '../database/database.ts';
import { putResources } from '../resource/resources.ts';
import { searchResources } from './search.ts';

const everything: Permission = { scopes: resourceScopes('system/*.rs') };
const ucum = 'http://unitsofmeasure.org';
let sandboxId: number;

function observation(id: string, subject: string | undefined, value?: object) {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { text: 'x' },
    subject: subject ? { reference: subject } : undefined,
    ...value,
  };
}

const quantity = (value: number, code: string, system = ucum) => ({ valueQuantity: { value, system, code } });

function component(...values: number[]) {
  return { component: values.map((value) => ({ code: { text: 'x' }, ...quantity(value, 'mm[Hg]') })) };
}

function risk(id: string, ...probabilities: number[]) {
  const prediction = probabilities.map((probabilityDecimal) => ({ probabilityDecimal }));
  return { resourceType: 'RiskAssessment', id, status: 'final', subject: { reference: 'Patient/A' }, prediction };
}

const set = (id: string, url?: string) => ({ resourceType: 'ValueSet', id, status: 'active', url });

const resources = [
  observation('g', 'Patient/B', quantity(0.5, 'g/L')),
  observation('mg', 'Patient/A', quantity(49, 'mg/dL')),
  observation('same', 'Group/A', quantity(50, 'mg/dL')),
  observation('ug', 'https://elsewhere.example/fhir/Patient/A', quantity(1000, 'ug/dL')),
  observation('hot', 'Patient/A', quantity(100.4, '[degF]')),
  observation('cool', undefined, quantity(37, 'Cel')),
  observation('odd', 'Device/D', quantity(7, 'g/L', 'http://else')),
  observation('none', 'Patient/B'),
  observation('two', 'Patient/B', component(80, 120)),
  observation('one', 'Patient/A', component(100)),
  risk('low', 0.1),
  risk('both', 0.05, 0.9),
  risk('high', 0.8),
  risk('nothing'),
  risk('tiny', 0.0000001),
  set('b', 'http://b.example'),
  set('a', 'http://a.example'),
  set('urn', 'urn:oid:1.2'),
  set('without'),
] as Resource[];

beforeAll(async () => {
  sandboxId = (await database().sandbox.create({ data: { slug: 'orders', name: 'Orders' } })).id;
  await putResources(sandboxId, resources);
});

/** The ids on all pages of `count` matches, in their order. */
async function ids(type: string, queryString: string, count: number): Promise<string> {
  const seen: string[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const paged = `${queryString}&_count=${count}${cursor && `&_cursor=${cursor}`}`;
    const request = parseSearch(type, [...new URLSearchParams(paged)]);
    expect(request.ignored).toEqual([]);
    const page = await searchResources({ sandboxId, permission: everything }, request);
    seen.push(...page.matches.map(({ id }) => id));
    cursor = page.next;
  }
  return seen.join(' ');
}

describe('searchResources with _sort', () => {
  it.each([
    ['RiskAssessment', '_sort=probability', 'nothing tiny both low high'],
    ['RiskAssessment', '_sort=-probability', 'both high low tiny nothing'],
    ['Observation', '_id=g,mg,same,ug,none&_sort=value-quantity', 'none ug mg g same'],
    ['Observation', '_id=g,mg,same,ug,none&_sort=-value-quantity', 'g same mg ug none'],
    ['Observation', '_id=hot,cool&_sort=value-quantity', 'cool hot'],
    ['Observation', '_id=hot,cool&_sort=-value-quantity', 'hot cool'],
    ['Observation', '_id=odd,g&_sort=value-quantity', 'g odd'],
    ['Observation', '_id=one,two,none&_sort=component-value-quantity', 'none two one'],
    ['Observation', '_id=one,two,none&_sort=-component-value-quantity', 'two one none'],
    ['Observation', '_id=g,mg,same,ug,cool,odd&_sort=subject', 'cool odd same mg g ug'],
    ['Observation', '_id=g,mg,same,ug,cool,odd&_sort=-subject', 'ug g mg same odd cool'],
    ['Observation', '_id=g,mg,same,hot,two&_sort=patient,-value-quantity', 'same hot mg g two'],
    ['Observation', '_id=g,mg,same,hot,two&_sort=-patient,value-quantity,_id', 'two g mg hot same'],
    ['Observation', 'subject=Patient/B&_sort=-value-quantity', 'g none two'],
    ['ValueSet', '_sort=url', 'without a b urn'],
    ['ValueSet', '_sort=-url', 'urn b a without'],
    ['ValueSet', '_sort=status,-url', 'urn b a without'],
  ])('%s?%s', async (type, queryString, expected) => {
    for (const count of [100, 2, 1]) expect(await ids(type, queryString, count)).toBe(expected);
  });

  it.each([['1e9'], ['NaN'], ['Infinity'], [''], ['1; DROP TABLE resource'], ['9'.repeat(2000)]])(
    'refuses a cursor with the number %j',
    async (number) => {
      const cursor = Buffer.from(JSON.stringify([number, '1'])).toString('base64url');
      await expect(ids('RiskAssessment', `_sort=probability&_cursor=${cursor}`, 2)).rejects.toThrow(/_cursor/);
    },
  );
});
