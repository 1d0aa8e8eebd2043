import type { Resource } from 'fhir/r4';
import { expect, it } from 'vitest';
import { placedIdentifiers } from './placed-identifiers.ts';

const named = { identifier: { system: 'http://hospital.example/mrn', value: '2' } };
const places = (elements: object) =>
  placedIdentifiers({ resourceType: 'Observation', ...elements } as Resource).map(({ path }) => path);

it.each([
  ['one who may be a patient', { subject: named }, ['Observation.subject']],
  ['one of several', { performer: [{ reference: 'Patient/1' }, named] }, ['Observation.performer']],
  ['beside a reference', { subject: { ...named, reference: 'Patient/1' } }, ['Observation.subject']],
  ['anything', { focus: [named] }, ['Observation.focus']],
  [
    'an extension',
    { extension: [{ url: 'http://x', valueReference: named }] },
    ['Observation.extension.valueReference'],
  ],
  [
    'a contained resource',
    { contained: [{ resourceType: 'RelatedPerson', id: 'r', patient: named }] },
    ['Observation.contained.patient'],
  ],
  ['one who is no person', { encounter: named, device: named, hasMember: [named] }, []],
  ['nobody', { subject: { reference: 'Patient/1', display: 'x' }, identifier: [named.identifier] }, []],
])('finds identifiers of %s', (_, elements, expected) => {
  expect(places(elements)).toEqual(expected);
});

it('takes members in another order for the same identifier', () => {
  const texts = [
    { system: 'http://x', value: '1', type: { text: 'a', coding: [{ system: 's', code: 'c' }] } },
    { type: { coding: [{ code: 'c', system: 's' }], text: 'a' }, value: '1', system: 'http://x' },
  ].flatMap((identifier) => placedIdentifiers({ resourceType: 'Observation', subject: { identifier } } as Resource));
  expect(texts[0]).toEqual(texts[1]);
});
