import { expect, it, test } from 'vitest';
import { courseOf } from './course.ts';
import { emptyChart, noticesOf } from './notices.ts';
import type { Measurement } from './observation.ts';
import { changeText, chartSummary, hoursText } from './words.ts';

const birth = { at: new Date('2026-11-18T06:00:00Z'), precision: 'time' } as const;

function measured(hours: number, mgPerDl: number | null): Measurement {
  const at = new Date(birth.at.getTime() + hours * 3_600_000);
  return { id: `at ${hours}`, status: 'final', at, recordedAt: null, text: '3 g/L', mgPerDl, problem: null };
}

test.each<[string, Measurement[], string | null]>([
  ['no values', [], 'No bilirubin values'],
  ['values of later life only', [measured(500, 1)], 'Outside the nomogram'],
  ['values that cannot be compared only', [measured(30, null)], 'Nothing to plot'],
  ['one value within the chart', [measured(30, 8), measured(500, 1)], null],
])('with %s', (_name, measurements, title) => {
  expect(emptyChart(courseOf(measurements, birth))?.title ?? null).toBe(title);
});

it('warns when only the birth date is known, where that matters', () => {
  const dated = { ...birth, precision: 'date' } as const;
  const notices = (measurements: Measurement[]) =>
    noticesOf({ birth: dated, course: courseOf(measurements, dated), unreadable: 0 });
  expect(notices([measured(30, 8)])).toEqual([expect.stringContaining('No time of birth is recorded')]);
  expect(notices([])).toEqual([]);
});

it('warns of a missing birth date, unreadable Observations and a newest value left out', () => {
  const course = courseOf([measured(30, 8), measured(40, null)], null);
  expect(noticesOf({ birth: null, course, unreadable: 2 })).toEqual([
    expect.stringContaining('No usable birth date'),
    expect.stringContaining('2 of the server'),
    expect.stringContaining('The newest record, 3 g/L'),
  ]);
});

it('summarises the chart in words', () => {
  expect(chartSummary(courseOf([measured(30, 8), measured(48, 13.5), measured(50, null)], birth))).toBe(
    '2 values from 30 h to 48 h of life. The latest is 13.5 mg/dL at 48 h, in the high risk zone. Not drawn: 1 of 3, for reasons given in the table.',
  );
});

test.each([
  [0.234, '+0.23'],
  [-0.075, '\u22120.07'],
  [0.001, '0.00'],
  [-0.001, '0.00'],
])('a change of %s reads %s', (perHour, text) => {
  expect(changeText(perHour)).toBe(text);
});

test.each([
  [47.9, '47 h'],
  [239.9, '239 h'],
  [240, '10 d'],
  [17_520, '730 d'],
  [471_168, '53 y'],
])('%s hours read %s', (hours, text) => {
  expect(hoursText(hours)).toBe(text);
});
