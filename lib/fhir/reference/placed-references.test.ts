import type { Resource } from 'fhir/r4';
import { expect, it } from 'vitest';
import { placedReferences } from './placed-references.ts';

const base = 'https://ehr.example/demo/fhir';
const places = (resource: object) =>
  placedReferences(resource as Resource, base).map(({ path, resourceType, id }) => `${path} ${resourceType}/${id}`);

it.each([
  ['a reference', { hasMember: [{ reference: 'Observation/1' }] }, 'hasMember Observation/1'],
  ['a version', { focus: [{ reference: 'Patient/1/_history/2' }] }, 'focus Patient/1'],
  ['an absolute reference', { encounter: { reference: `${base}/Encounter/1` } }, 'encounter Encounter/1'],
  [
    'a backbone element',
    { component: [{ extension: [{ url: 'http://x', valueReference: { reference: 'Task/1' } }] }] },
    'component.extension.valueReference Task/1',
  ],
  [
    'an extension of a primitive',
    { _status: { extension: [{ url: 'http://x', valueReference: { reference: 'Task/1' } }] } },
    '_status.extension.valueReference Task/1',
  ],
  [
    'an extension of a reference',
    { subject: { reference: '#p', extension: [{ url: 'http://x', valueReference: { reference: 'Task/1' } }] } },
    'subject.extension.valueReference Task/1',
  ],
  [
    'a contained resource',
    { contained: [{ resourceType: 'Provenance', target: [{ reference: 'Condition/1' }] }] },
    'contained.target Condition/1',
  ],
  [
    'addresses',
    {
      instantiatesCanonical: 'Patient/1',
      extension: [{ url: 'http://x', valueAttachment: { url: `${base}/Binary/1` } }],
    },
    'extension.valueAttachment.url Binary/1',
  ],
  ['a query', { hasMember: [{ reference: 'Observation/1?_format=json' }] }, 'hasMember Observation/1'],
  ['other servers', { subject: { reference: 'https://elsewhere.example/Patient/1' } }, undefined],
  ['contained ones', { subject: { reference: '#Patient/1' } }, undefined],
  ['no type of R4', { subject: { reference: 'Horse/1' } }, undefined],
  ['texts', { subject: { display: 'Patient/1' }, note: [{ text: 'Patient/1' }] }, undefined],
  ['identifiers', { subject: { identifier: { system: 'http://x', value: 'Patient/1' } } }, undefined],
])('%s', (_, elements, expected) => {
  expect(places({ resourceType: 'Observation', ...elements })).toEqual(expected ? [`Observation.${expected}`] : []);
});

it('finds canonicals and nested items', () => {
  const resource = {
    resourceType: 'QuestionnaireResponse',
    questionnaire: 'Questionnaire/1|2',
    item: [{ linkId: '1', item: [{ linkId: '2', answer: [{ valueReference: { reference: 'Patient/1' } }] }] }],
  };
  expect(places(resource)).toEqual([
    'QuestionnaireResponse.questionnaire Questionnaire/1',
    'QuestionnaireResponse.item.item.answer.valueReference Patient/1',
  ]);
});
