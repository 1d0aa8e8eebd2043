import { expect, it } from 'vitest';
import { missingContext } from './missing-context.ts';

it.each([
  ['launch/patient', {}, false, 'patient'],
  ['launch/patient', {}, true, 'patient'],
  ['launch/patient', { patient: 'a' }, false, undefined],
  ['patient/Patient.r', {}, false, 'patient'],
  ['patient/Patient.r launch', {}, true, undefined],
  ['user/Patient.r openid', {}, false, undefined],
  ['launch/encounter', {}, false, 'patient'],
  ['launch/encounter', { patient: 'a' }, false, 'encounter'],
  ['launch/encounter', { patient: 'a', encounter: 'b' }, true, undefined],
  ['', {}, false, undefined],
] as const)('%j with %j, launched %s, lacks %s', (scope, parameters, launched, expected) => {
  expect(missingContext(scope.split(' '), parameters, launched)).toBe(expected);
});
