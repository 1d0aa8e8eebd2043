import { expect, it } from 'vitest';
import { isId, parseReference } from './reference.ts';

it.each([
  ['a', true],
  ['Az-09.', true],
  ['x'.repeat(64), true],
  ['x'.repeat(65), false],
  ['', false],
  ['a_b', false],
  ['a b', false],
  ['a\n', false],
  ['../a', false],
  [7, false],
  [undefined, false],
])('%j has the form of an id: %s', (id, expected) => {
  expect(isId(id)).toBe(expected);
});

const base = 'https://ehr.example/demo/fhir';

it.each([
  ['Patient/1', { resourceType: 'Patient', id: '1' }],
  ['Patient/1/_history/2', { resourceType: 'Patient', id: '1' }],
  [`${base}/Patient/1`, { resourceType: 'Patient', id: '1' }],
  ['https://elsewhere.example/fhir/Patient/1', undefined],
  ['#contained', undefined],
  ['Patient', undefined],
  ['Patient/1/Observation', undefined],
])('the reference %s leads to %j', (reference, expected) => {
  expect(parseReference(reference, base)).toEqual(expected);
});
