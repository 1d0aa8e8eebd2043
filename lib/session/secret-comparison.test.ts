import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const sources = globSync(['lib/**/*.ts', 'app/**/*.{ts,tsx}'], { exclude: (name) => /test|generated/.test(name) });

/** Matches a comparison by === of something named like a secret or its hash, except with undefined or null. */
const byEquals =
  /\b(hash|secret|clientSecret|signature|verifier|password|csrfToken|xsrf|accessToken)\b *[!=]==? *(?!undefined|null|'|`|\d)[\w.]+|[\w.]+ *[!=]==? *(hash|secret|clientSecret|signature|verifier|password|csrfToken|xsrf)\b/;

it.each([
  ['hash === expected', true],
  ['accessToken !== other', true],
  ['hash !== undefined', false],
  ["type === 'secret'", false],
])('tells that %s compares secrets: %s', (line, expected) => {
  expect(byEquals.test(line)).toBe(expected);
});

it('no secret is compared with ===, whose time tells how much of it is right', () => {
  expect(sources.length).toBeGreaterThan(200);
  const found = sources.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => byEquals.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

it.each([
  'lib/data/client/secrets.ts',
  'lib/data/member/passwords.ts',
  'lib/session/csrf-token.ts',
  'lib/session/known-browser.ts',
])('%s compares in constant time', (file) => {
  expect(readFileSync(file, 'utf8')).toMatch(/\btimingSafeEqual\(/);
});
