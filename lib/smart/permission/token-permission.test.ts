import { describe, expect, it } from 'vitest';
import { permissionOfToken } from './token-permission.ts';

const clinician = { role: 'clinician', fhirUser: 'Practitioner/dr' } as const;
const patient = { role: 'patient', fhirUser: 'Patient/A' } as const;

function summary(...[grant]: Parameters<typeof permissionOfToken>) {
  const { scopes, ...rest } = permissionOfToken(grant);
  return { scopes: scopes.map(({ text }) => text), ...rest };
}

describe('permissionOfToken', () => {
  it.each([
    [
      "a clinician's app",
      { scope: 'patient/*.rs openid fhirUser', patient: 'A', user: clinician },
      { scopes: ['patient/*.rs'], patient: 'A', fhirUser: 'Practitioner/dr' },
    ],
    [
      'what else the launch told',
      {
        scope: 'patient/*.rs',
        patient: 'A',
        encounter: 'E',
        fhirContext: [{ reference: 'Task/1', role: 'launch' }, { canonical: 'http://x' }],
        user: clinician,
      },
      { scopes: ['patient/*.rs'], patient: 'A', context: ['Encounter/E', 'Task/1'] },
    ],
    [
      "what else a launch for another's record told",
      { scope: 'patient/*.rs', patient: 'B', encounter: 'E', user: patient },
      { scopes: ['patient/*.rs'], userPatients: ['A'] },
    ],
    ['without fhirUser', { scope: 'user/*.rs openid', user: clinician }, { scopes: ['user/*.rs'] }],
    [
      'system scopes of a user',
      { scope: 'system/*.rs user/Patient.r', user: clinician },
      { scopes: ['user/Patient.r'] },
    ],
    ['a backend service', { scope: 'system/*.rs user/*.rs patient/*.rs', patient: 'A' }, { scopes: ['system/*.rs'] }],
    [
      "a patient's own app",
      { scope: 'patient/*.rs user/*.rs', patient: 'A', user: patient },
      { scopes: ['patient/*.rs', 'user/*.rs'], patient: 'A', userPatients: ['A'] },
    ],
    [
      "a patient launched for another's record",
      { scope: 'patient/*.rs', patient: 'B', user: patient },
      { scopes: ['patient/*.rs'], userPatients: ['A'] },
    ],
    [
      'a parent launched for their child',
      { scope: 'patient/*.rs user/*.rs', patient: 'B', user: { ...patient, proxyFor: ['B', 'C'] } },
      { scopes: ['patient/*.rs', 'user/*.rs'], patient: 'B', userPatients: ['A', 'B', 'C'] },
    ],
    [
      "a parent launched for somebody else's child",
      { scope: 'patient/*.rs', patient: 'D', user: { ...patient, proxyFor: ['B'] } },
      { scopes: ['patient/*.rs'], userPatients: ['A', 'B'] },
    ],
    [
      'a clinician with children, which is another matter',
      { scope: 'patient/*.rs', patient: 'D', user: { ...clinician, proxyFor: ['B'] } },
      { scopes: ['patient/*.rs'], patient: 'D' },
    ],
    [
      'a patient account without a Patient',
      { scope: 'patient/*.rs', patient: 'B', user: { role: 'patient' } as const },
      { scopes: ['patient/*.rs'], userPatients: [] },
    ],
  ])('%s', (_, grant, expected) => {
    expect(summary(grant)).toEqual(expected);
  });
});
