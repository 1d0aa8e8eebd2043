import { describe, expect, it, test } from 'vitest';
import { AppFailure } from './failure.ts';
import { isHttpUrl, readLaunchRequest, refuseAuthorizationError } from './launch-request.ts';

const servers = ['https://ehr.example', 'http://localhost:3000'];
const url = (query: string) => new URL(`http://app.example/launch${query}`);

function failureOf(action: () => unknown) {
  try {
    action();
  } catch (error) {
    if (error instanceof AppFailure) return error.failure;
  }
  return null;
}

describe('readLaunchRequest', () => {
  it('takes iss and launch', () => {
    expect(readLaunchRequest(url('?iss=https%3A%2F%2Fehr.example%2Ffhir&launch=abc'), servers)).toEqual({
      iss: 'https://ehr.example/fhir',
      launch: 'abc',
    });
  });

  test.each([
    ['', 'lacks iss and launch'],
    ['?launch=abc', 'lacks iss.'],
    ['?iss=https%3A%2F%2Fehr.example', 'lacks launch.'],
    ['?iss=&launch=abc', 'lacks iss.'],
    ['?iss=javascript:alert(1)&launch=abc', 'must be the http(s) address'],
    ['?iss=/demo/fhir&launch=abc', 'must be the http(s) address'],
    ['?iss=https://evil.example/fhir&launch=abc', 'names the FHIR server https://evil.example/fhir'],
    ['?iss=http://ehr.example/fhir&launch=abc', 'none that the app was set up for'],
    ['?iss=https://ehr.example:8443/fhir&launch=abc', 'none that the app was set up for'],
    ['?iss=https://ehr.example@evil.example/&launch=abc', 'none that the app was set up for'],
    ['?iss=https://ehr.example.evil.example/&launch=abc', 'none that the app was set up for'],
  ])('refuses "%s": %s', (query, detail) => {
    expect(failureOf(() => readLaunchRequest(url(query), servers))?.detail).toContain(detail);
  });
});

test.each([
  ['http://localhost:3000/demo/oauth/authorize?x=1', true],
  ['https://ehr.example', true],
  ['javascript:alert(1)//http://ehr.example', false],
  ['data:text/html,x', false],
  ['/authorize', false],
])('%s may be navigated to: %s', (value, allowed) => {
  expect(isHttpUrl(value)).toBe(allowed);
});

describe('refuseAuthorizationError', () => {
  test.each([
    [
      '?error=access_denied&error_description=The+user+declined.',
      'Access was not granted',
      'The user declined. (access_denied)',
    ],
    ['?error=access_denied', 'Access was not granted', 'access_denied'],
    ['?error=invalid_scope', 'The authorization server refused the launch', 'invalid_scope'],
  ])('says what "%s" means', (query, title, detail) => {
    expect(failureOf(() => refuseAuthorizationError(url(query)))).toMatchObject({ title, detail });
  });

  it('lets a code pass', () => {
    expect(failureOf(() => refuseAuthorizationError(url('?code=1&state=2')))).toBeNull();
  });
});
