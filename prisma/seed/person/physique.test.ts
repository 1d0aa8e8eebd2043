import { describe, expect, it } from 'vitest';
import { plusDays, plusMonths } from '../value/calendar.ts';
import type { Person } from './person.ts';
import { bodyMassIndexAt, headCircumferenceAt, heightAt, weightAt } from './physique.ts';

const birth = new Date('2000-01-01T00:00:00Z');
const person = (sex: 'female' | 'male', z = 0): Person => ({
  id: 'x',
  number: 1,
  sex,
  birth,
  given: ['A'],
  family: 'B',
  heritage: 'european',
  language: 'en',
  address: { line: ['1'], city: 'Madison', state: 'WI', postalCode: '53703', country: 'US' },
  phone: '608-555-0100',
  stature: { height: z, weight: z, head: z },
  smoking: 'never',
  problems: [],
});

describe('growth of the median child', () => {
  it.each([
    ['female', 0, 49.1, 3.2],
    ['male', 12, 75.7, 9.6],
    ['female', 60, 108.4, 18],
    ['male', 120, 138.8, 32.1],
    ['female', 168, 160.4, 49.6],
  ] as const)('%s at %i months: %f cm, %f kg', (sex, months, height, weight) => {
    expect(heightAt(person(sex), plusMonths(birth, months))).toBeCloseTo(height, 1);
    expect(weightAt(person(sex), plusMonths(birth, months))).toBeCloseTo(weight, 1);
  });

  it('loses a little weight in the first days and has it back in two weeks', () => {
    const grams = (days: number) => weightAt(person('male'), plusDays(birth, days)) * 1000;
    expect(grams(3) / grams(0)).toBeGreaterThan(0.9);
    expect(grams(3)).toBeLessThan(grams(0));
    expect(grams(14)).toBeGreaterThanOrEqual(grams(0));
  });

  it('never shrinks from birth to twenty, tall or small', () => {
    for (const z of [-2.5, 0, 2.5]) {
      const heights = Array.from({ length: 241 }, (_, months) =>
        heightAt(person('female', z), plusMonths(birth, months)),
      );
      expect(heights).toEqual([...heights].sort((a, b) => a - b));
    }
  });

  it('has a head that fits', () => {
    expect(headCircumferenceAt(person('female'), plusMonths(birth, 6))).toBeCloseTo(42.2, 1);
  });
});

describe('adults', () => {
  it.each([-2.5, 0, 2.5])('have a body mass index that people have (z = %f)', (z) => {
    for (const years of [20, 40, 60, 80, 95]) {
      const index = bodyMassIndexAt(person('male', z), plusMonths(birth, years * 12));
      expect(index).toBeGreaterThan(15);
      expect(index).toBeLessThan(46);
    }
  });
});
