import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, boundsOf, dayOf, parseDay } from './calendar-day.ts';

const zoneBefore = process.env.TZ;
beforeAll(() => {
  process.env.TZ = 'Europe/Berlin';
});
afterAll(() => {
  process.env.TZ = zoneBefore;
});

describe('in Berlin', () => {
  test.each([
    ['2026-11-22T22:59:00Z', '2026-11-22'],
    ['2026-11-22T23:00:00Z', '2026-11-23'],
    ['2026-06-30T22:00:00Z', '2026-07-01'],
  ])('%s falls on %s', (moment, day) => {
    expect(dayOf(new Date(moment))).toBe(day);
  });

  test.each([
    ['2026-11-22', '2026-11-21T23:00:00.000Z', '2026-11-22T23:00:00.000Z'],
    ['2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  ])('%s lasts from %s to %s, clock changes included', (day, from, before) => {
    expect(boundsOf(day)).toEqual({ from, before });
  });

  test.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-03-01', -1, '2028-02-29'],
    ['2026-03-28', 1, '2026-03-29'],
    ['2026-10-26', -1, '2026-10-25'],
  ])('%s and %s day is %s', (day, count, expected) => {
    expect(addDays(day, count)).toBe(expected);
  });

  test.each(['2026-02-30', '2026-13-01', '26-01-01', '', 'today', null])('%s is no day', (text) => {
    expect(parseDay(text)).toBeNull();
  });
});
