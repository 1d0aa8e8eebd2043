import type { Resource } from 'fhir/r4';
import { expect, it } from 'vitest';
import { changedAssignments } from './assigned-elements.ts';

const stored = {
  resourceType: 'Patient',
  identifier: [{ system: 'http://hospital', value: '1' }, { value: '2' }],
  active: true,
  name: [{ family: 'A' }],
};

it.each([
  ['another name', { name: [{ family: 'B' }] }, []],
  ['members in another order', { identifier: [{ value: '1', system: 'http://hospital' }, { value: '2' }] }, []],
  ['one identifier more', { identifier: [...stored.identifier, { value: '3' }] }, ['identifier']],
  ['identifiers in another order', { identifier: stored.identifier.toReversed() }, ['identifier']],
  ['no identifiers', { identifier: undefined }, ['identifier']],
  ['inactive', { active: false }, ['active']],
  ['an extension of active', { _active: { extension: [{ url: 'http://x', valueCode: 'y' }] } }, ['active']],
  ['a link', { link: [{ other: { reference: 'Patient/B' }, type: 'seealso' }] }, ['link']],
  ['an organization', { managingOrganization: { display: 'x' } }, ['managingOrganization']],
])('%s', (_, change, expected) => {
  expect(changedAssignments(stored as Resource, { ...stored, ...change } as Resource)).toEqual(expected);
});
