/** Requests about a sandbox of generated patients, each time for a different patient. */
import { patientId, seriesOf } from './population.ts';

export interface GrowthScenario {
  name: string;
  /** Path and query below the FHIR base, for patient `number`. */
  path(number: number): string;
  /** Least number of entries expected in the Bundle: timing empty searches would prove nothing. */
  entries?: number;
  /** Whether the median time may grow by half at most. */
  bounded?: boolean;
}

const seriesQuery = (number: number) => `patient=${patientId(number)}&code=http://loinc.org|${seriesOf(number).code}`;
/** Each of these begins the family name of one or two patients in a hundred. */
const names = ['white', 'bega', 'deco', 'yell', 'funm', 'gree'];
const nameOf = (number: number) => names[number % names.length];

/** The first search, which is also compared with its raw SQL. */
export const seriesScenario: GrowthScenario = {
  name: "a patient's Observations by code (20)",
  path: (number) => `Observation?${seriesQuery(number)}`,
  entries: 20,
  bounded: true,
};

export const growthScenarios: GrowthScenario[] = [
  { name: 'read', path: (number) => `Patient/${patientId(number)}`, bounded: true },
  seriesScenario,
  {
    name: 'the same since a date, the newest first',
    path: (number) => `Observation?${seriesQuery(number)}&date=ge2021-01-01&_sort=-date`,
    entries: 10,
    bounded: true,
  },
  {
    name: 'Patient?name= (a page of 10)',
    path: (number) => `Patient?name=${nameOf(number)}&_count=10`,
    entries: 10,
    bounded: true,
  },
  {
    name: 'a patient with _revinclude=Observation:patient',
    path: (number) => `Patient?_id=${patientId(number)}&_revinclude=Observation:patient`,
    entries: 24,
    bounded: true,
  },
  { name: 'Patient?identifier=', path: (number) => `Patient?identifier=urn:bench:mrn|MRN-${number}`, entries: 1 },
  {
    name: 'Patient?birthdate=, _count=10',
    path: (number) => `Patient?birthdate=${1960 + (number % 50)}&_count=10`,
    entries: 1,
  },
  {
    name: 'Observation?code= in the whole sandbox, _count=10',
    path: (number) => `Observation?code=http://loinc.org|${seriesOf(number).code}&_count=10`,
    entries: 10,
  },
  {
    name: 'chain: Observation?patient.identifier=',
    path: (number) => `Observation?patient.identifier=MRN-${number}`,
    entries: 23,
  },
  {
    name: '_has: Patients with a Condition, _count=10',
    path: () => 'Patient?_has:Condition:patient:code=http://snomed.info/sct|195967001&_count=10',
    entries: 10,
  },
  {
    name: 'Observations by -_lastUpdated, _count=10',
    path: () => 'Observation?_sort=-_lastUpdated&_count=10',
    entries: 10,
  },
  { name: 'Patient/$everything', path: (number) => `Patient/${patientId(number)}/$everything`, entries: 27 },
  { name: 'history of the system, _count=10', path: () => '_history?_count=10', entries: 10 },
];

/** Patient numbers spread over the whole population, in an order without neighbours. */
export function spread(patients: number): () => number {
  let asked = 0;
  return () => {
    asked += 1;
    return (asked * 7919) % patients;
  };
}
