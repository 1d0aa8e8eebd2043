import type { Curve } from '../value/interpolate.ts';
import { interpolate, round } from '../value/interpolate.ts';
import type { Chart } from './chart.ts';
import { ageAt } from './chart.ts';

/** Median resting heart rates by age in years. */
const heartRates: Curve = [
  [0, 136],
  [0.5, 128],
  [1, 122],
  [3, 108],
  [6, 94],
  [12, 82],
  [18, 74],
  [95, 72],
];
const respiratoryRates: Curve = [
  [0, 43],
  [0.5, 38],
  [1, 34],
  [3, 27],
  [6, 22],
  [12, 18],
  [18, 15],
  [95, 16],
];
const systolicPressures: Curve = [
  [3, 94],
  [6, 98],
  [10, 104],
  [14, 111],
  [18, 116],
  [50, 122],
  [70, 128],
  [95, 132],
];
const diastolicPressures: Curve = [
  [3, 54],
  [6, 59],
  [10, 63],
  [14, 66],
  [18, 72],
  [50, 77],
  [70, 75],
  [95, 71],
];

export function restingHeartRate(age: number): number {
  return interpolate(heartRates, age);
}

export function restingRespiratoryRate(age: number): number {
  return interpolate(respiratoryRates, age);
}

/** Systolic and diastolic pressure in mmHg; treated hypertension remains slightly raised. */
export function bloodPressureAt(chart: Chart, date: Date): [systolic: number, diastolic: number] {
  const age = ageAt(chart, date);
  const raised = chart.problems.has('hypertension') ? chart.random.between(4, 24) : 0;
  const systolic = round(chart.random.normal(interpolate(systolicPressures, age), 6) + raised);
  const diastolic = round(chart.random.normal(interpolate(diastolicPressures, age), 4) + raised / 2);
  return [systolic, diastolic];
}
