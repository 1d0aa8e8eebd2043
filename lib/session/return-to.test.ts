import { expect, it } from 'vitest';
import { interactionOf, returnTo, signInAddress } from './return-to.ts';

const origin = 'https://ehr.example.org';

it.each([
  ['/demo/patients?name=a', 'https://ehr.example.org/demo/patients?name=a'],
  ['https://ehr.example.org/demo', 'https://ehr.example.org/demo'],
  ['demo', 'https://ehr.example.org/demo'],
])('goes on to %s', (target, expected) => {
  expect(returnTo(target, origin)).toBe(expected);
});

it.each([
  'https://evil.example.org/',
  'http://ehr.example.org/',
  'https://ehr.example.org.evil.example/',
  '//evil.example.org/x',
  '/\\evil.example.org',
  '\t//evil.example.org',
  'javascript:alert(1)',
  'https://ehr.example.org@evil.example.org/',
  'http://',
  '',
  undefined,
  7,
  ['/demo'],
])('goes to the start page instead of %j', (target) => {
  expect(returnTo(target, origin)).toBe('https://ehr.example.org/');
});

it('keeps the whole way back in one parameter', () => {
  expect(signInAddress('/demo/oauth/authorize?a=1&b=2')).toBe(
    '/sign-in?callbackUrl=%2Fdemo%2Foauth%2Fauthorize%3Fa%3D1%26b%3D2',
  );
});

it('recognizes that a sign-in belongs to an authorization request at our own origin', () => {
  const path = '/demo/oauth/interaction/Abc_1-2/sign-in';
  const expected = { slug: 'demo', uid: 'Abc_1-2' };
  expect([path, `${origin}${path}`].map((target) => interactionOf(target, origin))).toEqual([expected, expected]);
});

it.each([
  '/demo/oauth/interaction/Abc',
  '/demo/oauth/interaction/../sign-in',
  '/demo/oauth/interaction/a/b/sign-in',
  'https://evil.example.org/demo/oauth/interaction/Abc/sign-in',
  '/demo',
  '',
])('takes %j for no authorization request', (target) => expect(interactionOf(target, origin)).toBeUndefined());
