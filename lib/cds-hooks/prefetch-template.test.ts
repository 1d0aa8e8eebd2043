import { describe, expect, test } from 'vitest';
import { fillTemplate, prefetchValues, problemOfTemplate, scopesOfPrefetch } from './prefetch-template.ts';

const context = { userId: 'Practitioner/dr', patientId: 'baby', encounterId: 'e1', draftOrders: {} };

test('tokens are the texts at the root of the context, and the user by their type', () => {
  expect(prefetchValues(context)).toEqual({
    'context.userId': 'Practitioner/dr',
    'context.patientId': 'baby',
    'context.encounterId': 'e1',
    userPractitionerId: 'dr',
  });
  expect(prefetchValues({ ...context, userId: 'Patient/p' })).toHaveProperty('userPatientId', 'p');
  expect(prefetchValues({ ...context, userId: 'Device/d' })).not.toHaveProperty('userDeviceId');
});

describe('a template', () => {
  const values = { ...prefetchValues(context), 'context.text': 'a b&c=d' };

  test.each([
    ['Patient/{{context.patientId}}', { kind: 'read', resourceType: 'Patient', id: 'baby' }],
    ['Patient/{{ context.patientId }}', { kind: 'read', resourceType: 'Patient', id: 'baby' }],
    ['{{context.userId}}', { kind: 'read', resourceType: 'Practitioner', id: 'dr' }],
    ['Practitioner/{{userPractitionerId}}', { kind: 'read', resourceType: 'Practitioner', id: 'dr' }],
  ])('%s is a read', (template, query) => {
    expect(fillTemplate(template, values)).toEqual(query);
  });

  test.each([
    [
      'Observation?patient={{context.patientId}}&code=http://loinc.org|1975-2',
      [
        ['patient', 'baby'],
        ['code', 'http://loinc.org|1975-2'],
      ],
    ],
    [
      'Observation?patient={{context.patientId}}&_sort=-date&_count=1',
      [
        ['patient', 'baby'],
        ['_sort', '-date'],
        ['_count', '1'],
      ],
    ],
    ['Observation?code={{context.text}}', [['code', 'a b&c=d']]],
  ])('%s is a search', (template, parameters) => {
    expect(fillTemplate(template, values)).toEqual({ kind: 'search', resourceType: 'Observation', parameters });
  });

  test.each([
    'Patient/{{context.unknown}}',
    'Patient/{{userPatientId}}',
    'Patient/{{Patient.id}}',
    'Patient/{{__proto__}}',
    'Observation?patient={{context.draftOrders}}',
    'Patient/{{context.text}}',
    'Patient',
    '/Patient/baby',
    'https://elsewhere.example/Patient/baby',
    'Patient/baby/$everything?x=y',
    'Patient/{{context.patientId}',
    'Observation?patient={{context.patientId',
    'Observation?patient=context.patientId}}',
    'Observation?patient={{ {{context.patientId}} }}',
    '',
  ])('%s cannot be answered', (template) => {
    expect(fillTemplate(template, values)).toBeUndefined();
  });
});

test.each([
  [{}, []],
  [{ a: 'Patient/{{context.patientId}}' }, ['patient/Patient.r']],
  [{ a: 'Patient/{{context.patientId}}', b: 'Patient?_id={{context.patientId}}' }, ['patient/Patient.rs']],
  [{ a: 'Observation?patient={{context.patientId}}&code=1' }, ['patient/Observation.rs']],
  [{ a: 'Encounter/{{context.encounterId}}' }, ['patient/Encounter.r']],
  [{ a: 'Practitioner/{{userPractitionerId}}', b: '{{context.userId}}' }, ['user/Practitioner.r']],
  [{ a: 'nonsense' }, []],
])('the scopes of %j are %j', (prefetch: Record<string, string>, scopes) => {
  expect(scopesOfPrefetch(prefetch)).toEqual(scopes);
});

test.each([
  ['Patient/{{context.patientId}}', undefined],
  ['{{context.userId}}', undefined],
  ['Encounter/{{ context.encounterId }}', undefined],
  ['Practitioner/{{userPractitionerId}}', undefined],
  ['Observation?patient={{context.patientId}}&_count=1', undefined],
  ['Patient/{{context.patient}}', 'asks for {{context.patient}}, which no hook has here'],
  ['Patient/{{Patient.id}}', 'asks for {{Patient.id}}, which no hook has here'],
  ['Patient/{{}}', 'asks for {{}}, which no hook has here'],
  ['Patient/{{context.patientId', 'is neither a read nor a search'],
  ['Observation?patient={{context.patientId', 'is neither a read nor a search'],
  ['https://elsewhere.example/Patient/{{context.patientId}}', 'is neither a read nor a search'],
  ['Patient', 'is neither a read nor a search'],
  ['Observations?patient={{context.patientId}}', 'asks for Observations, which is no type of FHIR R4'],
])('%s: %s', (template, problem) => {
  expect(problemOfTemplate(template)).toBe(problem);
});
