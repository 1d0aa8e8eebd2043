import type { Bundle, Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import { searchText } from '../search/search.ts';

const permission = { scopes: resourceScopes('system/*.rs') };
let sandbox: { id: number; slug: string };

beforeAll(async () => {
  sandbox = await database().sandbox.create({ data: { slug: 'views', name: 'Views' } });
  await putResources(sandbox.id, [
    {
      resourceType: 'Patient',
      id: 'A',
      text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">A</div>' },
      name: [{ family: 'Alpha' }],
      photo: [{ title: 'x' }],
      generalPractitioner: [{ reference: 'Practitioner/dr' }],
    },
    { resourceType: 'Practitioner', id: 'dr', name: [{ family: 'Chen' }], photo: [{ title: 'x' }] },
  ] as unknown as Resource[]);
});

async function keys(queryString: string): Promise<string[]> {
  const text = await searchText(
    { sandbox, sandboxId: sandbox.id, permission },
    'Patient',
    new URLSearchParams(queryString),
  );
  const { entry = [] } = JSON.parse(text) as Bundle;
  return entry.map(({ resource }) => Object.keys(resource ?? {}).join(' '));
}

describe('searchText', () => {
  it.each([
    ['_summary=true', ['resourceType id meta name']],
    ['_summary=text', ['resourceType id meta text']],
    ['_summary=data', ['resourceType id meta name photo generalPractitioner']],
    ['_summary=false', ['resourceType id meta text name photo generalPractitioner']],
    ['_summary=count', []],
    ['_elements=photo', ['resourceType id meta photo']],
    ['_elements=Patient.photo,name', ['resourceType id meta name photo']],
    ['_elements=name&_include=*', ['resourceType id meta name', 'resourceType id meta name photo']],
  ])('answers %s', async (queryString, expected) => {
    expect(await keys(queryString)).toEqual(expected);
  });

  it.each([
    '_summary',
    '_elements',
    '_include',
    '_revinclude:iterate',
    '_sort',
    '_count',
    '_total',
    '_cursor',
    '_has:Observation:patient:code',
    'identifier:of-type',
    'general-practitioner:identifier',
    'identifier:text',
    '_profile:below',
    'name',
    '_id',
    'birthdate',
    '_lastUpdated',
  ])('takes SQL in %s for a value, or refuses it', async (name) => {
    for (const attack of [
      "'; DROP TABLE resource; --",
      "x' OR '1'='1",
      '$1',
      '1|2|\\',
      '1) OR (TRUE',
      '%',
      "a$1' OR TRUE--",
    ]) {
      const parameters = new URLSearchParams([
        [name, attack],
        [attack, 'x'],
      ]);
      const text = await searchText({ sandbox, sandboxId: sandbox.id, permission }, 'Patient', parameters).catch(
        ({ status }: { status: unknown }) => JSON.stringify({ entry: [], refused: status === 400 }),
      );
      const answer = JSON.parse(text) as Bundle & { refused?: boolean };
      expect(answer.refused ?? true).toBe(true);
    }
    expect(await keys('_id=A')).toHaveLength(1);
  });
});
