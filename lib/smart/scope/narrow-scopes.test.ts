import { describe, expect, it } from 'vitest';
import { covers, narrowToRegistration, narrowToSubject, narrowToSystem } from './narrow-scopes.ts';
import { parseScope, parseScopes } from './scope.ts';

const laboratory = 'category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory';

describe('covers', () => {
  it.each([
    ['patient/*.rs', 'patient/Observation.rs', true],
    ['patient/*.rs', 'patient/Observation.read', true],
    ['patient/*.read', 'patient/Observation.rs', true],
    ['patient/*.rs', `patient/Observation.rs?${laboratory}`, true],
    ['patient/*.rs', 'patient/*.rs', true],
    ['patient/*.cruds', 'patient/*.*', true],
    ['patient/Observation.r patient/*.s', 'patient/Observation.rs', true],
    [`patient/Observation.rs?${laboratory}`, `patient/Observation.r?status=final&${laboratory}`, true],
    ['launch openid', 'openid', true],
    ['patient/Observation.rs', 'patient/*.rs', false],
    ['patient/*.rs', 'user/Observation.rs', false],
    ['user/*.cruds', 'patient/Observation.r', false],
    ['patient/*.rs', 'patient/Observation.cruds', false],
    [`patient/Observation.rs?${laboratory}`, 'patient/Observation.rs', false],
    [`patient/Observation.rs?${laboratory}`, 'patient/Observation.rs?category=vital-signs', false],
    ['launch', 'launch/patient', false],
    ['', 'patient/Patient.r', false],
  ])('%s, %s: %s', (registered, requested, expected) => {
    const scope = parseScope(requested);
    expect(scope && covers(parseScopes(registered), scope)).toBe(expected);
  });
});

describe('narrowToRegistration', () => {
  it.each([
    ['patient/Patient.read openid', 'patient/*.rs openid', 'patient/Patient.read openid'],
    ['openid email nonsense/x', 'openid', 'openid'],
    ['patient/*.cruds', 'patient/*.rs', 'patient/*.rs'],
    ['patient/*.*', 'patient/*.rs', 'patient/*.read'],
    ['patient/*.rs', 'patient/Patient.r patient/Observation.rs', 'patient/Patient.r patient/Observation.rs'],
    ['patient/Observation.write', 'patient/*.rs', ''],
    ['patient/Observation.rs', `patient/Observation.r?${laboratory}`, `patient/Observation.r?${laboratory}`],
    ['user/Patient.rs', 'patient/Patient.rs', ''],
    ['launch:abc launch', 'launch', 'launch'],
    ['openid openid', 'openid', 'openid'],
  ])('%s registered %s gives %j', (scope, registration, expected) => {
    expect(narrowToRegistration(scope, registration).join(' ')).toBe(expected);
  });
});

describe('narrowToSubject', () => {
  it.each([
    ['patient/*.rs', { role: 'clinician', patient: 'a' }, 'patient/*.rs'],
    ['patient/*.rs openid', { role: 'clinician' }, 'openid'],
    ['user/*.cruds', { role: 'clinician' }, 'user/*.cruds'],
    ['user/*.cruds', { role: 'patient', patient: 'a' }, 'user/*.rs'],
    ['user/*.read', { role: 'patient', patient: 'a' }, 'user/*.read'],
    ['user/*.*', { role: 'patient', patient: 'a' }, 'user/*.read'],
    ['user/Patient.c', { role: 'patient', patient: 'a' }, ''],
    ['system/*.rs openid', { role: 'admin', patient: 'a' }, 'openid'],
    ['launch/patient launch/encounter', { role: 'clinician', patient: 'a' }, 'launch/patient'],
    ['launch/encounter', { role: 'clinician', patient: 'a', encounter: 'b' }, 'launch/encounter'],
    ['smart/orchestrate_launch', { role: 'clinician' }, 'smart/orchestrate_launch'],
    ['smart/orchestrate_launch', { role: 'patient', patient: 'a' }, ''],
    ['__introspect', { role: 'clinician' }, '__introspect'],
    ['__introspect', { role: 'patient', patient: 'a' }, ''],
    ['launch:abc', { role: 'admin' }, ''],
    ['openid fhirUser', { role: 'admin', fhirUser: null }, 'openid'],
    ['openid fhirUser', { role: 'clinician', fhirUser: 'Practitioner/1' }, 'openid fhirUser'],
  ] as const)('%s for %j gives %j', (scope, subject, expected) => {
    expect(narrowToSubject(scope.split(' '), subject).join(' ')).toBe(expected);
  });
});

describe('narrowToSystem', () => {
  it('keeps what needs no user', () => {
    const scopes = ['system/*.rs', 'user/*.rs', 'patient/*.rs', 'openid', 'smart/orchestrate_launch', '__introspect'];
    expect(narrowToSystem(scopes)).toEqual(['system/*.rs', 'smart/orchestrate_launch', '__introspect']);
  });
});
