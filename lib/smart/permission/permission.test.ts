import { describe, expect, it } from 'vitest';
import { resourceScopes } from '../scope/scope.ts';
import { missingScope, type Permission, reachOf } from './permission.ts';

function permission(scope: string, more: Partial<Permission> = {}): Permission {
  return { scopes: resourceScopes(scope), ...more };
}

describe('reachOf', () => {
  it.each([
    ['nothing without scopes', permission(''), 'Patient', 'r', []],
    ['nothing of another type', permission('user/Patient.rs'), 'Observation', 'r', []],
    ['nothing by another verb', permission('user/Patient.rs'), 'Patient', 'u', []],
    ['everything of the type for a user', permission('user/Patient.r'), 'Patient', 'r', [{ parameters: [] }]],
    ['everything by wildcard', permission('system/*.s'), 'Condition', 's', [{ parameters: [] }]],
    ['nothing for a patient scope without a patient', permission('patient/*.rs'), 'Patient', 'r', []],
    [
      "the launch patient's compartment",
      permission('patient/*.rs', { patient: 'A' }),
      'Observation',
      's',
      [{ patients: ['A'], parameters: [] }],
    ],
    [
      "a patient user's own record only",
      permission('user/*.rs', { userPatients: ['A', 'B'] }),
      'Observation',
      's',
      [{ patients: ['A', 'B'], parameters: [] }],
    ],
    [
      'nothing for a patient user without a record',
      permission('user/*.rs', { userPatients: [] }),
      'Patient',
      'r',
      [{ patients: [], parameters: [] }],
    ],
    [
      'each granular scope as an alternative',
      permission('patient/Observation.rs?category=a patient/Observation.r?category=b', { patient: 'A' }),
      'Observation',
      'r',
      [
        { patients: ['A'], parameters: [['category', 'a']] },
        { patients: ['A'], parameters: [['category', 'b']] },
      ],
    ],
    [
      'the own fhirUser resource by read',
      permission('patient/Patient.rs', { patient: 'A', fhirUser: 'Practitioner/x' }),
      'Practitioner',
      'r',
      [{ id: 'x', parameters: [] }],
    ],
    [
      'no Group with other members to those who are confined to patients',
      permission('patient/*.r user/Group.r?code=x', { patient: 'A' }),
      'Group',
      'r',
      [{ patients: ['A'], parameters: [], alone: true }, { parameters: [['code', 'x']] }],
    ],
    ['no search for the own type', permission('', { fhirUser: 'Practitioner/x' }), 'Practitioner', 's', []],
  ] as const)('gives %s', (_, given, resourceType, verb, reach) => {
    expect(reachOf(given, resourceType, verb)).toEqual(reach);
  });
});

describe('missingScope', () => {
  it('names the scope at the level of the token', () => {
    expect(missingScope(permission('patient/Patient.r'), 'Observation', 's')).toBe('patient/Observation.s');
    expect(missingScope(permission(''), 'Observation', 'r')).toBe('user/Observation.r');
  });
});
