import { describe, expect, it } from 'vitest';
import { parseScope, parseScopes, splitScope } from './scope.ts';

describe('parseScope', () => {
  it.each([
    ['patient/Observation.rs', 'patient', 'Observation', 'rs', [], 2],
    ['user/*.cruds', 'user', '*', 'cruds', [], 2],
    ['system/Patient.s', 'system', 'Patient', 's', [], 2],
    ['patient/Observation.read', 'patient', 'Observation', 'rs', [], 1],
    ['patient/Observation.write', 'patient', 'Observation', 'cud', [], 1],
    ['patient/*.*', 'patient', '*', 'cruds', [], 1],
    [
      'patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory',
      'patient',
      'Observation',
      'rs',
      [['category', 'http://terminology.hl7.org/CodeSystem/observation-category|laboratory']],
      2,
    ],
    [
      'user/Condition.r?a=1&b=2',
      'user',
      'Condition',
      'r',
      [
        ['a', '1'],
        ['b', '2'],
      ],
      2,
    ],
  ])('reads %s', (text, level, resourceType, verbs, parameters, version) => {
    expect(parseScope(text)).toEqual({
      kind: 'resource',
      text,
      level,
      resourceType,
      verbs: [...verbs],
      parameters,
      version,
    });
  });

  it.each(['launch', 'launch/patient', 'openid', 'fhirUser', 'offline_access', 'smart/orchestrate_launch'])(
    'knows the named scope %s',
    (text) => expect(parseScope(text)).toEqual({ kind: 'named', text }),
  );

  it('reads the legacy launch id', () => {
    expect(parseScope('launch:abc-123')).toEqual({ kind: 'launch-id', text: 'launch:abc-123', launchId: 'abc-123' });
  });

  it.each([
    '',
    'patient/Observation',
    'patient/Observation.',
    'patient/Observation.sr',
    'patient/Observation.rr',
    'patient/Observation.x',
    'patient/observation.rs',
    'patients/Observation.rs',
    'patient/Observation.read?category=x',
    'patient/Observation.rs?',
    'patient/Observation.rs?category',
    'patient/Observation.rs?=x',
    'launch:',
    'launch/practitioner-of-mine',
    'email',
  ])('refuses %j', (text) => expect(parseScope(text)).toBeUndefined());
});

describe('parseScopes', () => {
  it('keeps what it understands, once, in order', () => {
    const scopes = parseScopes('openid  patient/Patient.r nonsense openid launch');
    expect(scopes.map(({ text }) => text)).toEqual(['openid', 'patient/Patient.r', 'launch']);
  });
});

describe('splitScope', () => {
  it('drops blanks and repetitions', () => expect(splitScope(' a b  a ')).toEqual(['a', 'b']));
});
