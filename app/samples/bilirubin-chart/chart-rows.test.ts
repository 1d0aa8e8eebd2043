import { expect, it, test } from 'vitest';
import { bandsAt, chartRows, chartTop } from './chart-rows.ts';
import { courseOf } from './course.ts';
import type { Measurement } from './observation.ts';

const birth = { at: new Date('2026-11-18T06:00:00Z'), precision: 'time' } as const;

function course(...values: [hours: number, mgPerDl: number][]) {
  const measurements = values.map(([hours, mgPerDl]): Measurement => {
    const at = new Date(birth.at.getTime() + hours * 3_600_000);
    return { id: `at ${hours}`, status: 'final', at, recordedAt: null, text: '', mgPerDl, problem: null };
  });
  return courseOf(measurements, birth);
}

test.each([
  [[], 25],
  [[[30, 8]], 25],
  [[[30, 24.5]], 30],
  [[[30, 31]], 35],
  [[[300, 50]], 25],
] as [[number, number][], number][])('values %j need an axis up to %s', (values, top) => {
  expect(chartTop(course(...values))).toBe(top);
});

it('stacks the zones without gaps', () => {
  expect(bandsAt(48, 25)).toEqual({
    low: [0, 8.6],
    'low-intermediate': [8.6, 10.9],
    'high-intermediate': [10.9, 13.2],
    high: [13.2, 25],
  });
  expect(bandsAt(8, 25)).toEqual({});
});

it('puts values between the bends, in order, and leaves out what lies beyond', () => {
  const rows = chartRows(course([8, 3], [30, 8.9], [200, 4]));
  expect(rows.filter(({ value }) => value !== undefined).map(({ hours, value }) => [hours, value])).toEqual([
    [8, 3],
    [30, 8.9],
  ]);
  expect(rows.map(({ hours }) => hours)).toEqual(rows.map(({ hours }) => hours).toSorted((a, b) => a - b));
});
