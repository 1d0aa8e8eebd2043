import { describe, expect, it } from 'vitest';
import { allowedBefore, isSureOfApp, mergeAnswers, standingOf } from './consent.ts';

const answer = {
  allowed: ['openid', 'patient/Observation.read', 'patient/Condition.rs'],
  declined: ['offline_access', 'patient/Patient.rs', 'user/*.cruds'],
};

it.each([
  ['openid', 'allowed'],
  ['fhirUser', 'new'],
  ['offline_access', 'declined'],
  ['patient/Observation.rs', 'allowed'],
  ['patient/Observation.r', 'allowed'],
  ['patient/Observation.rs?category=laboratory', 'allowed'],
  ['patient/Observation.cruds', 'new'],
  ['patient/Patient.read', 'declined'],
  ['patient/Patient.r', 'new'],
  ['patient/*.rs', 'new'],
  ['user/Observation.rs', 'new'],
  ['user/*.*', 'declined'],
])('says of %s that it is %s', (scope, standing) => expect(standingOf(scope, answer)).toBe(standing));

it('lets what was declined stand against what is wider', () => {
  const both = { allowed: ['patient/*.rs'], declined: ['patient/Patient.rs'] };
  expect(standingOf('patient/Patient.read', both)).toBe('declined');
  expect(standingOf('patient/Condition.read', both)).toBe('allowed');
});

describe('without asking', () => {
  it('an app gets what was allowed, not what was declined', () => {
    expect(allowedBefore(['openid', 'patient/Observation.rs', 'offline_access'], answer)).toEqual([
      'openid',
      'patient/Observation.rs',
    ]);
  });

  it.each([[['openid', 'fhirUser']], [['offline_access']], [[]]])('it gets nothing for %j', (scopes) =>
    expect(allowedBefore(scopes, answer)).toBeUndefined(),
  );
});

it('remembers the latest answer to each question, and those that were not asked again', () => {
  expect(mergeAnswers(answer, ['openid', 'patient/*.rs', 'launch'], ['launch', 'patient/*.rs'])).toEqual({
    allowed: ['launch', 'patient/*.rs'],
    declined: ['openid', 'offline_access', 'user/*.cruds'],
  });
  expect(mergeAnswers({ allowed: ['patient/Patient.rs'], declined: [] }, ['patient/*.read'], [])).toEqual({
    allowed: [],
    declined: ['patient/*.read'],
  });
});

it('remembers no more than anybody asks for', () => {
  const many = Array.from({ length: 300 }, (_, index) => `patient/Observation.rs?code=${index}`);
  const { allowed, declined } = mergeAnswers({ allowed: many, declined: many }, ['openid'], ['openid']);
  expect([allowed.length, allowed[0], declined.length]).toEqual([200, 'openid', 200]);
});

it.each([
  [false, 'http://127.0.0.1/callback', true],
  [true, 'https://app.example/callback', true],
  [true, 'http://localhost:3000/samples/app', true],
  [true, 'http://localhost:30001/app', false],
  [true, 'http://127.0.0.1:4567/callback', false],
  [true, 'org.example.app:/callback', false],
])('is sure of an app (public: %s) answered at %s: %s', (isPublic, redirectUri, sure) =>
  expect(isSureOfApp({ public: isPublic, redirectUri }, { origin: 'http://localhost:3000' })).toBe(sure),
);
