import { describe, expect, it, test } from 'vitest';
import { courseOf, hoursOfLife, isPlottable, isRapid } from './course.ts';
import type { Measurement } from './observation.ts';

const birth = { at: new Date('2026-11-18T06:00:00Z'), precision: 'time' } as const;

function measured(hours: number, mgPerDl: number | null): Measurement {
  const at = new Date(birth.at.getTime() + hours * 3_600_000);
  return { id: `at ${hours}`, status: 'final', at, recordedAt: at.toISOString(), text: '', mgPerDl, problem: null };
}

test.each([
  ['2026-11-18T06:00:00Z', 0],
  ['2026-11-18T06:30:00Z', 0.5],
  ['2026-11-20T06:00:00Z', 48],
  ['2026-11-18T00:00:00-06:00', 0],
  ['2026-11-17T06:00:00Z', -24],
])('%s is hour %s of life', (at, hours) => {
  expect(hoursOfLife(birth.at, new Date(at))).toBe(hours);
});

describe('courseOf', () => {
  it('gives hour, zone and change per hour since the last comparable value', () => {
    const course = courseOf([measured(18, 5), measured(20, null), measured(28, 8)], birth);
    expect(course.map(({ hours, zone }) => [hours, zone])).toEqual([
      [18, 'low-intermediate'],
      [20, null],
      [28, 'high-intermediate'],
    ]);
    expect(course.map(({ perHour }) => perHour)).toEqual([null, null, expect.closeTo(0.3, 10)]);
  });

  it('gives no change between two values of the same moment', () => {
    expect(courseOf([measured(30, 5), measured(30, 7)], birth)[1]?.perHour).toBeNull();
  });

  it('knows no hours or zones without a birth, yet still the change', () => {
    const [, second] = courseOf([measured(30, 5), measured(40, 6)], null);
    expect(second).toMatchObject({ hours: null, zone: null, rapid: false, perHour: expect.closeTo(0.1, 10) });
  });

  it('says so when a value was taken before birth', () => {
    const [point] = courseOf([measured(-2, 5)], birth);
    expect(point).toMatchObject({ problem: 'Before the recorded birth', zone: null });
  });
});

test.each([
  [0.3, 24, true],
  [0.29, 24, false],
  [0.2, 24.1, true],
  [(8.9 - 5.3) / 12, 36, true],
  [0.19, 30, false],
  [-0.5, 30, false],
  [0.4, 145, false],
  [null, 30, false],
  [0.4, null, false],
])('a change of %s at hour %s is rapid: %s', (perHour, hours, rapid) => {
  expect(isRapid(perHour, hours)).toBe(rapid);
});

test.each([
  [-1, 5, false],
  [0, 5, true],
  [144, 5, true],
  [144.1, 5, false],
  [50, null, false],
])('at hour %s, %s mg/dL is plotted: %s', (hours, mgPerDl, plotted) => {
  const [point] = courseOf([measured(hours, mgPerDl)], birth);
  expect(point && isPlottable(point)).toBe(plotted);
});
