import { expect, test } from 'vitest';
import { patientsOf, permissionOfMember, writingPermissionOfMember } from './member-permission.ts';
import { reachOf } from './permission.ts';

test.each(['admin', 'clinician'] as const)('%s reads and searches everything and writes nothing', (role) => {
  const permission = permissionOfMember({ role, fhirUser: 'Practitioner/dr-chen' });
  expect(reachOf(permission, 'Observation', 's')).toEqual([{ parameters: [] }]);
  expect(reachOf(permission, 'Observation', 'u')).toEqual([]);
});

test('a patient reaches their own compartment only', () => {
  const permission = permissionOfMember({ role: 'patient', fhirUser: 'Patient/BILIBABY' });
  expect(reachOf(permission, 'Observation', 'r')).toEqual([{ patients: ['BILIBABY'], parameters: [] }]);
});

test.each([undefined, 'RelatedPerson/mother', 'Patient'])(
  'a patient account that stands for %s reaches nobody',
  (fhirUser) => {
    const permission = permissionOfMember({ role: 'patient', fhirUser });
    expect(reachOf(permission, 'Patient', 'r')).toEqual([{ patients: [], parameters: [] }]);
  },
);

test.each(['admin', 'clinician'] as const)('%s writes into the record of the open patient alone', (role) => {
  const permission = writingPermissionOfMember({ role }, 'BILIBABY');
  expect(reachOf(permission, 'MedicationRequest', 'c')).toEqual([{ patients: ['BILIBABY'], parameters: [] }]);
});

test('a patient writes nothing', () => {
  const permission = writingPermissionOfMember({ role: 'patient', fhirUser: 'Patient/BILIBABY' }, 'BILIBABY');
  expect(reachOf(permission, 'MedicationRequest', 'c')).toEqual([]);
});

test.each([
  [{ role: 'patient', fhirUser: 'Patient/A', proxyFor: ['B', 'A', 'C'] }, ['A', 'B', 'C']],
  [{ role: 'patient', fhirUser: 'RelatedPerson/mother', proxyFor: ['B'] }, ['B']],
  [{ role: 'patient', proxyFor: [] }, []],
  [{ role: 'clinician', fhirUser: 'Practitioner/A', proxyFor: ['B'] }, []],
] as const)('%j acts for %j', (member, patients) => expect(patientsOf(member)).toEqual(patients));
