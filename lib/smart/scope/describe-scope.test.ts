import { expect, it } from 'vitest';
import { changesData, describeScope, durationText } from './describe-scope.ts';
import { groupOfScope } from './groups.ts';
import { namedScopes } from './scope.ts';

const reader = { offlineSeconds: 90 * 86_400 };
const category = 'http://terminology.hl7.org/CodeSystem/observation-category';

it.each([
  ['patient/*.rs', 'See everything in the record of this patient.'],
  ['patient/*.read', 'See everything in the record of this patient.'],
  ['patient/*.write', 'Add, change and delete everything in the record of this patient.'],
  ['user/*.*', 'See, add, change and delete everything that you may see here yourself.'],
  ['system/*.rs', 'See everything in this sandbox.'],
  ['patient/Patient.r', 'See name, birth date, address and other personal details of this patient.'],
  ['patient/Patient.s', 'Search name, birth date, address and other personal details of this patient.'],
  ['user/MedicationDispense.cruds', 'See, add, change and delete medications handed out of every patient you may see.'],
  ['user/Appointment.c', 'Add appointments of every patient you may see.'],
  ['user/Library.s', 'Search libraries.'],
  ['user/Practitioner.rs', 'See practitioners.'],
  ['system/Condition.d', 'Delete problems and diagnoses of all patients.'],
  ['openid', 'Know that it is you who signed in.'],
  ['offline_access', 'Keep its access for up to 90 days, also while you are not here.'],
  ['something/else', 'Use the permission “something/else”.'],
])('explains %s', (scope, sentence) => expect(describeScope(scope, reader)).toBe(sentence));

it.each([
  [`patient/Observation.rs?category=${category}|laboratory`, 'See laboratory results of this patient.'],
  ['patient/Observation.rs?category=vital-signs', 'See vital signs of this patient.'],
  ['patient/Observation.rs?category=|vital-signs', 'See vital signs of this patient.'],
  [
    `patient/Observation.rs?category=${category}|laboratory,${category}|vital-signs`,
    'See laboratory results and vital signs of this patient.',
  ],
  ['patient/Observation.r?code=http://loinc.org|85354-9', 'See blood pressure of this patient.'],
  [
    'patient/Observation.r?code=http://loinc.org|1-8',
    'See measurements and laboratory results of this patient, only where the code is 1-8 (LOINC).',
  ],
  [
    'patient/Observation.rs?category=laboratory&status=final,amended&date=ge2020-01-01',
    'See laboratory results of this patient, only where the status is final or amended and from 2020-01-01.',
  ],
  [
    'patient/Condition.rs?clinical-status:not=resolved&_lastUpdated=lt2024',
    'See problems and diagnoses of this patient, only where the clinical status is not resolved and where the last updated is before 2024.',
  ],
  [
    'patient/Condition.rs?code=http://snomed.info/sct|',
    'See problems and diagnoses of this patient, only where the code is any code of SNOMED CT.',
  ],
  [
    'user/Encounter.rs?practitioner=Practitioner/dr-chen',
    'See visits and stays of every patient you may see, only where the practitioner is dr-chen.',
  ],
  ['patient/DocumentReference.rs?category=clinical-note', 'See clinical notes of this patient.'],
])('explains the search parameters of %s', (scope, sentence) => expect(describeScope(scope, reader)).toBe(sentence));

it.each([
  ['patient/*.rs', 'See everything in your record.'],
  ['patient/Observation.rs?category=laboratory', 'See your laboratory results.'],
  ['user/Immunization.cu', 'Add and change your vaccinations.'],
  ['user/Location.rs', 'See locations.'],
])('speaks of %s to the patient themselves', (scope, sentence) =>
  expect(describeScope(scope, { ...reader, ownRecord: true })).toBe(sentence),
);

it.each([
  ['patient/Observation.rs', 'See measurements and laboratory results of this patient.'],
  ['user/Observation.rs', 'See measurements and laboratory results of every patient whom the user may see.'],
  ['user/*.rs', 'See everything that the user may see.'],
  ['user/Practitioner.r', 'See practitioners.'],
])('speaks of %s to an administrator, who decides for the users', (scope, sentence) =>
  expect(describeScope(scope, { ...reader, forUsers: true })).toBe(sentence),
);

it("tells the app's own lifetime", () => {
  expect(describeScope('offline_access', { offlineSeconds: 3600 })).toContain('up to 1 hour,');
  expect([129_600, 172_800, 90, 60].map(durationText)).toEqual(['36 hours', '2 days', '90 seconds', '1 minute']);
});

it.each(namedScopes)('has a sentence for %s', (scope) => expect(describeScope(scope, reader)).not.toContain(scope));

it.each([
  ['patient/*.rs', false],
  ['patient/*.write', true],
  ['user/Patient.u', true],
  ['openid', false],
])('knows whether %s changes data: %s', (scope, changes) => expect(changesData(scope)).toBe(changes));

it.each([
  ['openid', 'identity'],
  ['fhirUser', 'identity'],
  ['launch', 'record'],
  ['patient/*.rs', 'record'],
  ['patient/*.cruds', 'changes'],
  ['smart/orchestrate_launch', 'changes'],
  ['offline_access', 'duration'],
  ['online_access', 'duration'],
])('groups %s with %s', (scope, group) => expect(groupOfScope(scope)).toBe(group));
