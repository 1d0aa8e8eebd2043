import { expect, test } from 'vitest';
import { vitalAxis } from './vital-axis.ts';

const now = new Date('2026-11-22T12:00:00Z');

test.each([
  ['2026-11-18', '2026-11-20', '2 d'],
  ['2026-01-22', '2026-07-23', '6 mo'],
  ['2016-11-22', '2021-11-22', '5 y'],
])('born %s, measured %s: at %s', (birthDate, date, label) => {
  const axis = vitalAxis(birthDate, now);
  expect(axis.label(axis.position(date))).toBe(label);
});

test('the axis of adults shows dates', () => {
  const axis = vitalAxis('1961-03-12', now);
  expect(axis.label(axis.position('2025-10-10'))).toBe('Oct 2025');
});

test('the axis of an unknown birth date shows dates too', () => {
  const axis = vitalAxis('', now);
  expect(axis.label(axis.position('2025-10-10'))).toBe('Oct 2025');
});

test.each([
  [0.2, 3.2, [1, 2, 3]],
  [0, 12, [0, 3, 6, 9, 12]],
  [0.1, 17, [3, 6, 9, 12, 15]],
])('ages from %d to %d are marked at %o', (from, to, ticks) => {
  expect(vitalAxis('2020-01-01', now).ticks(from, to)).toEqual(ticks);
});
