import { expect, it } from 'vitest';
import { isWellFormed } from './well-formed.ts';

it.each([
  ['', true],
  ['?state=a+b%20c&scope=%F0%9F%98%80', true],
  ['state=100%', true],
  ['state=%zz', true],
  ['state=%EF%BF%BD', true],
  ['state=%ff', false],
  ['state=%C3', false],
  ['state=%ED%A0%80', false],
  ['state=%C0%80', false],
  ['state=%00', false],
  ['%00=state', false],
])('%j is well formed: %s', (text, expected) => {
  expect(isWellFormed(text)).toBe(expected);
  expect(isWellFormed(Buffer.from(text))).toBe(expected);
});

it.each([
  ['é', true],
  ['\0', false],
])('takes bytes without percent-encoding too: %j %s', (text, expected) => {
  expect(isWellFormed(Buffer.from(text))).toBe(expected);
});

it('refuses bytes that are not UTF-8', () => {
  expect(isWellFormed(Buffer.from([0x61, 0xff]))).toBe(false);
});

it('runs in time linear in the text', () => {
  expect(isWellFormed('%'.repeat(60_000))).toBe(true);
});
