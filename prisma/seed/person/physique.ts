import growth from '../data/growth.json' with { type: 'json' };
import { yearsBetween } from '../value/calendar.ts';
import type { Curve } from '../value/interpolate.ts';
import { interpolate, round } from '../value/interpolate.ts';
import type { Person } from './person.ts';

/** Standard deviations relative to the median: about 4 % for length; for weight (logarithmic), rising with age. */
const lengthDeviation: Curve = [
  [0, 0.038],
  [24, 0.036],
  [120, 0.043],
  [216, 0.042],
];
const weightDeviation: Curve = [
  [0, 0.13],
  [24, 0.11],
  [72, 0.14],
  [144, 0.18],
  [216, 0.17],
];
const headDeviation = 0.029;

/** Factor on the weight at age 20: adults gain until about 60, then lose. */
const weightByYears: Curve = [
  [20, 1.06],
  [40, 1.22],
  [60, 1.26],
  [95, 1.02],
];

function months(person: Person, date: Date): number {
  return Math.max(0, yearsBetween(person.birth, date) * 12);
}

/** Body height or, before two years, length, in cm. */
export function heightAt(person: Person, date: Date): number {
  const age = months(person, date);
  const shrunk = Math.max(0, age / 12 - 60) * 0.08;
  const median = interpolate(growth[person.sex].length, age);
  return round(median * (1 + person.stature.height * interpolate(lengthDeviation, age)) - shrunk, 1);
}

/** Body weight in kg; newborns lose about 5 % in their first days and regain it within two weeks. */
export function weightAt(person: Person, date: Date): number {
  const age = months(person, date);
  const days = age * 30.44;
  const firstDays = interpolate(
    [
      [0, 1],
      [3, 0.945],
      [12, 1],
    ],
    days,
  );
  const median = interpolate(growth[person.sex].weight, days < 12 ? 0 : age) * firstDays;
  const grown = age > 216 ? interpolate(weightByYears, age / 12) : 1;
  const { weight, height } = person.stature;
  const deviations = 0.75 * weight + 0.5 * height;
  return round(median * Math.exp(deviations * interpolate(weightDeviation, age)) * grown, age < 24 ? 2 : 1);
}

/** Occipital-frontal head circumference in cm. */
export function headCircumferenceAt(person: Person, date: Date): number {
  return round(
    interpolate(growth[person.sex].head, months(person, date)) * (1 + person.stature.head * headDeviation),
    1,
  );
}

/**
 * Body mass index in kg/m2, from the rounded height and weight, so that a reader who recalculates it gets this value.
 */
export function bodyMassIndexAt(person: Person, date: Date): number {
  return round(weightAt(person, date) / (heightAt(person, date) / 100) ** 2, 1);
}
