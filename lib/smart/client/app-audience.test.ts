import { expect, it } from 'vitest';
import { appsFor, isForPatients } from './app-audience.ts';

it.each([
  ['launch openid fhirUser patient/Patient.rs patient/Observation.rs', true],
  ['launch/patient patient/*.cruds offline_access', true],
  ['patient/Observation.read', true],
  ['patient/Patient.rs user/Practitioner.r', false],
  ['launch openid user/*.rs', false],
  ['system/*.rs', false],
  ['launch openid fhirUser', false],
  ['patient/Patient.rs smart/orchestrate_launch', false],
  ['patient/Patient.rs __introspect', false],
  ['', false],
])('%s: for patients %s', (scope, expected) => expect(isForPatients(scope)).toBe(expected));

it('offers staff every app', () => {
  const apps = [{ scope: 'user/*.rs' }, { scope: 'patient/*.rs' }];
  expect([appsFor('clinician', apps), appsFor('admin', apps), appsFor('patient', apps)]).toEqual([
    apps,
    apps,
    [apps[1]],
  ]);
});
