import { describe, expect, it, test } from 'vitest';
import { tracksAt, zoneOf } from './nomogram.ts';

describe('tracksAt', () => {
  test.each([
    [12, { p40: 4, p75: 5, p95: 7 }],
    [48, { p40: 8.6, p75: 10.9, p95: 13.2 }],
    [30, { p40: 6, p75: 7.5, p95: 9.95 }],
    [144, { p40: 13.2, p75: 15.6, p95: 17.5 }],
  ])('at %s hours of life', (hours, tracks) => {
    expect(tracksAt(hours)?.p40).toBeCloseTo(tracks.p40, 6);
    expect(tracksAt(hours)?.p75).toBeCloseTo(tracks.p75, 6);
    expect(tracksAt(hours)?.p95).toBeCloseTo(tracks.p95, 6);
  });

  test.each([-1, 0, 11.99, 144.01, 1000, Number.NaN])('has no tracks at %s hours', (hours) => {
    expect(tracksAt(hours)).toBeNull();
  });

  it('keeps the tracks apart and in order at every hour', () => {
    for (let hours = 12; hours <= 144; hours += 1) {
      const tracks = tracksAt(hours);
      expect(tracks && tracks.p40 < tracks.p75 && tracks.p75 < tracks.p95, `at ${hours} h`).toBe(true);
    }
  });
});

describe('zoneOf', () => {
  test.each([
    [48, 0, 'low'],
    [48, 8.59, 'low'],
    [48, 8.6, 'low-intermediate'],
    [48, 10.8, 'low-intermediate'],
    [48, 10.9, 'high-intermediate'],
    [48, 13.1, 'high-intermediate'],
    [48, 13.2, 'high'],
    [48, 30, 'high'],
    [24, 8.1, 'high'],
    [96, 8.1, 'low'],
    [11, 8, null],
    [145, 8, null],
  ])('at %s h, %s mg/dL is %s', (hours, mgPerDl, zone) => {
    expect(zoneOf(hours, mgPerDl)).toBe(zone);
  });
});
