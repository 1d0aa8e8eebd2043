import { describe, expect, it } from 'vitest';
import { clinicDays, slotsOf } from './appointment.ts';

const saturday = new Date('2026-11-21T09:00:00Z');

describe('clinicDays', () => {
  it('are the weekdays around now, and today though it is Saturday', () => {
    const days = clinicDays(saturday);
    expect(days[0]?.toISOString()).toBe('2026-11-09T00:00:00.000Z');
    expect(days.at(-1)?.toISOString()).toBe('2027-05-20T00:00:00.000Z');
    expect(days.filter((day) => day.getUTCDay() % 6 === 0).map((day) => day.toISOString().slice(0, 10))).toEqual([
      '2026-11-21',
    ]);
  });
});

describe('slotsOf', () => {
  it.each([1, 3, 60, 1000])('deals every slot to one of %i patients', (patients) => {
    const all = Array.from({ length: patients }, (_, index) => slotsOf(index + 1, patients, saturday)).flat();
    const perDay = Map.groupBy(all, (start) => start.toISOString().slice(0, 10));
    expect(perDay.size).toBe(clinicDays(saturday).length);
    expect(Math.min(...[...perDay.values()].map((slots) => slots.length))).toBeGreaterThanOrEqual(5);
    expect(perDay.get('2026-11-21')?.length).toBeGreaterThanOrEqual(11);
  });

  it('opens at eight and lets nobody in after a quarter to five', () => {
    const minutes = slotsOf(1, 1, saturday).map((start) => start.getUTCHours() * 60 + start.getUTCMinutes());
    expect(Math.min(...minutes)).toBe(8 * 60);
    expect(Math.max(...minutes)).toBe(16 * 60 + 45);
  });

  it('costs the same however many patients there are', () => {
    expect(slotsOf(99_999, 100_000, saturday).length).toBeLessThanOrEqual(2);
  });
});
