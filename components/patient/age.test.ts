import { expect, test } from 'vitest';
import { ageText } from './age.ts';

test.each([
  ['2026-11-22', '0 days'],
  ['2026-11-21', '1 day'],
  ['2026-10-26', '27 days'],
  ['2026-10-01', '7 weeks'],
  ['2026-08-22', '3 months'],
  ['2024-11-23', '23 months'],
  ['2024-11-22', '2 years'],
  ['1951-11-23', '74 years'],
  ['1951-11-22', '75 years'],
  ['2026-11-23', ''],
  ['unknown', ''],
  [undefined, ''],
])('born %s is %s on 22 November 2026', (birthDate, age) => {
  expect(ageText(birthDate, new Date('2026-11-22T12:00:00Z'))).toBe(age);
});
