import { expect, it } from 'vitest';
import { changesData, describeScope } from './describe-scope.ts';
import { namedScopes } from './scope.ts';

it.each([
  ['patient/*.rs', 'See and search all data of this patient.'],
  ['patient/*.read', 'See and search all data of this patient.'],
  ['patient/Patient.r', 'See name, birth date, address and other personal details of this patient.'],
  [
    'patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory',
    'See and search measurements and laboratory results of this patient, only where category is laboratory.',
  ],
  [
    'user/MedicationDispense.cruds',
    'See, search, add, change and delete medication dispenses of every patient you may see.',
  ],
  ['user/Library.s', 'Search libraries.'],
  ['user/Practitioner.rs', 'See and search practitioners.'],
  ['system/Condition.d', 'Delete problems and diagnoses of all patients.'],
  ['openid', 'Know that it is you who signed in.'],
])('explains %s', (scope, sentence) => expect(describeScope(scope)).toBe(sentence));

it.each(namedScopes)('has a sentence for %s', (scope) => expect(describeScope(scope)).not.toContain(scope));

it.each([
  ['patient/*.rs', false],
  ['patient/*.write', true],
  ['user/Patient.u', true],
  ['openid', false],
])('knows whether %s changes data: %s', (scope, changes) => expect(changesData(scope)).toBe(changes));
