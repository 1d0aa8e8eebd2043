import { expect, test } from 'vitest';
import { toMgPerDl } from './bilirubin-unit.ts';

test.each([
  [8.2, 'mg/dL', 8.2],
  [8.2, ' mg/dl ', 8.2],
  [171, 'umol/L', 10],
  [171, 'µmol/L', 10],
  [171, 'μmol/L', 10],
  [0, 'umol/L', 0],
])('%s %s is %s mg/dL', (value, unit, expected) => {
  expect(toMgPerDl(value, unit)).toBeCloseTo(expected, 10);
});

test.each(['', 'g/L', 'mmol/L', 'mg', '%'])('unit "%s" is not converted', (unit) => {
  expect(toMgPerDl(5, unit)).toBeNull();
});
