import { expect, it } from 'vitest';
import { speaksOfPatient } from './speaks-of-patient.ts';

it.each([
  [[], false],
  [['launch/patient', 'openid', 'user/*.rs', 'system/Patient.r'], false],
  [['openid', 'patient/Observation.rs'], true],
  [['patient/*.read'], true],
  [['patient/nonsense'], false],
])('%j speaks of a patient: %s', (scopes, expected) => {
  expect(speaksOfPatient(scopes)).toBe(expected);
});
