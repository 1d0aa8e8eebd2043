import { expect, test } from 'vitest';
import { valueAxis } from './value-axis.ts';

const cases: [what: string, values: number[], leastSpan: number, ceiling: number | undefined, labels: string][] = [
  ['a steady adult weight', [82.3, 82.5, 82.8], 0.2, undefined, '70 75 80 85 90 95'],
  ['a growing newborn', [3.1, 3.32, 3.8], 0.2, undefined, '3.0 3.2 3.4 3.6 3.8 4.0'],
  ['a nearly constant BMI', [31.9, 32.1], 0.2, undefined, '28 30 32 34 36'],
  ['two lines of a blood pressure', [78, 148, 84, 136], 0.3, undefined, '60 80 100 120 140 160'],
  ['a temperature', [36.7, 36.9], 0.05, undefined, '35.5 36.0 36.5 37.0 37.5 38.0'],
  ['a saturation, never above 100 %', [98, 99], 0.1, 100, '90 95 100'],
  ['a wrong saturation, shown all the same', [99, 104], 0.1, 100, '90 95 100 105'],
  ['one value', [50], 0.1, undefined, '46 48 50 52 54'],
  ['zero alone', [0], 0.2, undefined, '0.0 0.5'],
];

test.each(cases)('%s', (_what, values, leastSpan, ceiling, labels) => {
  const axis = valueAxis(values, { leastSpan, ceiling });
  expect(axis.ticks.map(axis.label).join(' ')).toBe(labels);
  expect(axis.domain).toEqual([axis.ticks[0], axis.ticks.at(-1)]);
});

test('every value lies on the axis', () => {
  for (let value = 0.01; value < 1e6; value *= 1.7) {
    const { domain, ticks } = valueAxis([value, value * 1.13], { leastSpan: 0.1 });
    expect(domain[0]).toBeLessThanOrEqual(value);
    expect(domain[1]).toBeGreaterThanOrEqual(value * 1.13);
    expect(ticks.length).toBeLessThanOrEqual(6);
  }
});
