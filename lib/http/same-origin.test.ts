import { expect, test } from 'vitest';
import { isGoneTo, sentFrom } from './same-origin.ts';

const origin = 'https://ehr.example';

test.each([
  [{ 'sec-fetch-site': 'same-origin', origin }, true],
  [{ origin }, true],
  [{ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, false],
  [{ 'sec-fetch-site': 'same-site', origin: 'https://other.ehr.example' }, false],
  [{ origin: 'https://ehr.example.evil.example' }, false],
  [{ origin: 'null' }, false],
  [{}, false],
])('%o comes from our own pages: %s', (headers, expected) => {
  expect(sentFrom(origin, new Headers(headers as Record<string, string>))).toBe(expected);
});

test.each([
  [{ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }, true],
  [{ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' }, true],
  [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' }, false],
  [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, false],
  [{ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors' }, false],
  [{}, false],
])('with %o the user navigated there: %s', (headers, expected) => {
  expect(isGoneTo(new Headers(headers as Record<string, string>))).toBe(expected);
});
