/** Generates thousands of patients for the bench: lean records, always the same for the same number. */
import type { Condition, Encounter, Observation, Patient, Resource } from 'fhir/r4';
import names from '#prisma/seed/data/names.json' with { type: 'json' };
import { type Random, randomStream } from '#prisma/seed/value/random.ts';
import { diagnoses, type Measure, measures } from './population-codes.ts';

const heritages = Object.values(names);
const syllables = [
  'ba',
  'ber',
  'can',
  'del',
  'fen',
  'gar',
  'hol',
  'kin',
  'lan',
  'mor',
  'net',
  'ros',
  'sen',
  'ter',
  'wil',
];

/** Length of the series found by the search for a patient's Observations by code. */
const seriesLength = 20;

/** Patient ids such as `p000042`. */
export function patientId(number: number): string {
  return `p${String(number).padStart(6, '0')}`;
}

/** The measure for which patient `number` has a series of `seriesLength` Observations. */
export function seriesOf(number: number): Measure {
  return measures[number % measures.length] as Measure;
}

/** The record of patient `number`: the Patient, a Condition, two Encounters and 23 Observations. */
export function recordOf(number: number): (Resource & { id: string })[] {
  const random = randomStream(20_260_101, number);
  const patient = patientOf(number, random);
  const days = Array.from({ length: seriesLength }, (_, index) => dayOf(random.integer(0, 99) + index * 100));
  const encounters = days.slice(0, 2).map((day, index) => encounterOf(patient.id, index, day));
  const series = days.map((day, index) => observationOf(patient.id, index, seriesOf(number), day, random));
  const others = [1, 2, 3].map((step) =>
    observationOf(patient.id, seriesLength + step, seriesOf(number + step), days[0] ?? '', random),
  );
  return [patient, conditionOf(patient.id, days[0] ?? '', random), ...encounters, ...series, ...others];
}

/** A Patient. Half of the family names come from a list of common ones; the others are rare. */
function patientOf(number: number, random: Random): Patient & { id: string } {
  const gender = random.chance(0.5) ? 'female' : 'male';
  const heritage = random.pick(heritages);
  const rare = [1, 2, 3].map(() => random.pick(syllables)).join('');
  const family = random.chance(0.5) ? random.pick(heritage.family) : `${rare.charAt(0).toUpperCase()}${rare.slice(1)}`;
  return {
    resourceType: 'Patient',
    id: patientId(number),
    identifier: [{ system: 'urn:bench:mrn', value: `MRN-${number}` }],
    active: true,
    name: [{ use: 'official', family, given: [random.pick(heritage[gender])] }],
    gender,
    birthDate: dayOf(-random.integer(0, 30_000)),
  };
}

function encounterOf(patient: string, index: number, day: string): Encounter & { id: string } {
  return {
    resourceType: 'Encounter',
    id: `${patient}-e${index}`,
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject: { reference: `Patient/${patient}` },
    period: { start: `${day}T09:00:00Z`, end: `${day}T09:30:00Z` },
  };
}

function conditionOf(patient: string, day: string, random: Random): Condition & { id: string } {
  const [code, display] = random.pick(diagnoses);
  return {
    resourceType: 'Condition',
    id: `${patient}-c`,
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
    },
    code: { coding: [{ system: 'http://snomed.info/sct', code, display }] },
    subject: { reference: `Patient/${patient}` },
    onsetDateTime: day,
  };
}

function observationOf(
  patient: string,
  index: number,
  { code, display, unit, middle, category }: Measure,
  day: string,
  random: Random,
): Observation & { id: string } {
  return {
    resourceType: 'Observation',
    id: `${patient}-o${index}`,
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] }],
    code: { coding: [{ system: 'http://loinc.org', code, display }] },
    subject: { reference: `Patient/${patient}` },
    encounter: { reference: `Encounter/${patient}-e${index % 2}` },
    effectiveDateTime: `${day}T09:${String(index).padStart(2, '0')}:00Z`,
    valueQuantity: {
      value: Math.round(random.normal(middle, middle / 8) * 10) / 10,
      unit,
      system: 'http://unitsofmeasure.org',
      code: unit,
    },
  };
}

/** The date this many days after 1 January 2020. */
function dayOf(days: number): string {
  return new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10);
}
