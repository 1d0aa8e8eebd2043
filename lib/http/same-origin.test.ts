import { expect, test } from 'vitest';
import { sentFrom } from './same-origin.ts';

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
