import type { Coding } from 'fhir/r4';
import { concept } from '../codes/coding.ts';
import { loinc } from '../codes/loinc.ts';
import type { Unit } from '../codes/ucum.ts';
import { quantity } from '../codes/ucum.ts';
import type { Chart, Visit } from '../person/chart.ts';
import { ageAt, encounterOf } from '../person/chart.ts';
import { bodyMassIndexAt, headCircumferenceAt, heightAt, weightAt } from '../person/physique.ts';
import { bloodPressureAt, restingHeartRate, restingRespiratoryRate } from '../person/vital-signs.ts';
import { round } from '../value/interpolate.ts';
import { fileObservation } from './observation.ts';

type VitalSign = readonly [profile: string, code: [Coding, ...Coding[]], value: number, unit: Unit];

function fileVitalSign(chart: Chart, visit: Visit, [profile, code, value, unit]: VitalSign): void {
  const result = { valueQuantity: quantity(value, unit) };
  fileObservation(chart, {
    profile,
    category: 'vital-signs',
    code,
    date: visit.date,
    encounter: encounterOf(visit),
    result,
  });
}

function growthOf(chart: Chart, { date }: Visit): VitalSign[] {
  const { person } = chart;
  const age = ageAt(chart, date);
  const height = age < 2 ? ([loinc.bodyHeight, loinc.bodyLength] as const) : ([loinc.bodyHeight] as const);
  const signs: VitalSign[] = [
    ['body-weight', [loinc.bodyWeight], weightAt(person, date), 'kg'],
    ['body-height', [...height], heightAt(person, date), 'cm'],
  ];
  if (age < 2.5) {
    signs.push(['head-circumference', [loinc.headCircumference], headCircumferenceAt(person, date), 'cm']);
  }
  if (age >= 2) {
    signs.push(['bmi', [loinc.bodyMassIndex], bodyMassIndexAt(person, date), 'kg/m2']);
  }
  return signs;
}

function circulationOf(chart: Chart, { date }: Visit): VitalSign[] {
  const { random, problems } = chart;
  const age = ageAt(chart, date);
  const saturation = problems.has('copd') ? random.integer(90, 95) : random.integer(96, 100);
  return [
    ['heart-rate', [loinc.heartRate], round(random.normal(restingHeartRate(age), 6)), '/min'],
    ['respiratory-rate', [loinc.respiratoryRate], round(random.normal(restingRespiratoryRate(age), 1.2)), '/min'],
    ['body-temperature', [loinc.bodyTemperature], round(random.normal(36.8, 0.2), 1), 'Cel'],
    ['pulse-oximetry', [loinc.oxygenSaturation, loinc.pulseOximetry], saturation, '%'],
  ];
}

function fileBloodPressure(chart: Chart, visit: Visit): void {
  const [systolic, diastolic] = bloodPressureAt(chart, visit.date);
  fileObservation(chart, {
    profile: 'blood-pressure',
    category: 'vital-signs',
    code: [loinc.bloodPressure],
    date: visit.date,
    encounter: encounterOf(visit),
    result: {
      component: [
        { code: concept(loinc.systolic), valueQuantity: quantity(systolic, 'mm[Hg]') },
        { code: concept(loinc.diastolic), valueQuantity: quantity(diastolic, 'mm[Hg]') },
      ],
    },
  });
}

/**
 * Files growth at every visit, blood pressure from age three, and pulse, respiration and temperature at the latest two.
 */
export function fileVitalSigns(chart: Chart, visits: Visit[]): void {
  const detailed = new Set(visits.slice(-2));
  for (const visit of visits) {
    const signs = [...growthOf(chart, visit), ...(detailed.has(visit) ? circulationOf(chart, visit) : [])];
    for (const sign of signs) {
      fileVitalSign(chart, visit, sign);
    }
    if (visit.encounter && ageAt(chart, visit.date) >= 3) {
      fileBloodPressure(chart, visit);
    }
  }
}
