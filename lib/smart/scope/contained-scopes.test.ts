import { expect, test } from 'vitest';
import { containedIn } from './contained-scopes.ts';

test.each([
  ['patient/*.rs patient/Patient.rs', [undefined, 'patient/*.rs']],
  ['patient/Patient.r patient/Patient.read', ['patient/Patient.read', undefined]],
  ['patient/Patient.read patient/Patient.rs', ['patient/Patient.rs', 'patient/Patient.read']],
  ['patient/*.rs user/Patient.rs', [undefined, undefined]],
  ['patient/Observation.rs?category=a patient/Observation.rs', ['patient/Observation.rs', undefined]],
  ['patient/Patient.cruds patient/*.rs', [undefined, undefined]],
  ['openid fhirUser launch/patient', [undefined, undefined, undefined]],
])('of %s each is contained in %j', (scope, expected) => {
  const asked = scope.split(' ').map((text) => ({ scope: text }));
  expect(containedIn(asked).map(({ within }) => within)).toEqual(expected);
});
