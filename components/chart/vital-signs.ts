import type { Observation } from 'fhir/r4';
import { codesOf } from '#components/record/fhir-text.ts';

/** One line in a vital-sign chart: the LOINC code of an observation or of one of its components. */
interface VitalLine {
  code: string;
  name: string;
}

/** One chart: lines that share an axis. */
interface VitalSign {
  key: string;
  title: string;
  /** As clinicians abbreviate it, for narrow columns. */
  short: string;
  /** The least span of its axis as a share of the highest value: 0.1 is a tenth, whatever the unit. */
  leastSpan: number;
  lines: readonly VitalLine[];
}

/** The vital signs that are plotted, in the order of the chart. Codes are LOINC. */
const vitalSigns: readonly VitalSign[] = [
  {
    key: 'blood-pressure',
    title: 'Blood pressure',
    short: 'BP',
    leastSpan: 0.5,
    lines: [
      { code: '8480-6', name: 'Systolic' },
      { code: '8462-4', name: 'Diastolic' },
    ],
  },
  { key: 'weight', title: 'Weight', short: 'Weight', leastSpan: 0.2, lines: [{ code: '29463-7', name: 'Weight' }] },
  {
    key: 'height',
    title: 'Height or length',
    short: 'Height',
    leastSpan: 0.1,
    lines: [{ code: '8302-2', name: 'Height' }],
  },
  {
    key: 'head',
    title: 'Head circumference',
    short: 'Head',
    leastSpan: 0.1,
    lines: [{ code: '9843-4', name: 'Head circumference' }],
  },
  { key: 'bmi', title: 'Body mass index', short: 'BMI', leastSpan: 0.2, lines: [{ code: '39156-5', name: 'BMI' }] },
  {
    key: 'heart-rate',
    title: 'Heart rate',
    short: 'Pulse',
    leastSpan: 0.4,
    lines: [{ code: '8867-4', name: 'Heart rate' }],
  },
  {
    key: 'respiratory-rate',
    title: 'Respiratory rate',
    short: 'Resp.',
    leastSpan: 0.5,
    lines: [{ code: '9279-1', name: 'Respiratory rate' }],
  },
  {
    key: 'oxygen',
    title: 'Oxygen saturation',
    short: 'SpO₂',
    leastSpan: 0.1,
    lines: [{ code: '2708-6', name: 'SpO₂' }],
  },
  {
    key: 'temperature',
    title: 'Temperature',
    short: 'Temp.',
    leastSpan: 0.05,
    lines: [{ code: '8310-5', name: 'Temperature' }],
  },
];

/** Codes under which the same quantity is also recorded. */
const synonyms = new Map<string, string>(
  Object.entries<string>({
    '59408-5': '2708-6',
    '3141-9': '29463-7',
    '8306-3': '8302-2',
    '8287-5': '9843-4',
  }),
);

/** The values of all lines of one chart at one moment; a line that was not measured then is absent. */
export interface VitalPoint {
  /** FHIR dateTime of the measurement. */
  date: string;
  values: Readonly<Record<string, number>>;
}

export interface VitalSeries extends VitalSign {
  unit: string;
  /** Oldest first, at least one. */
  points: readonly VitalPoint[];
}

interface Measurement {
  date: string;
  code: string;
  value: number;
  unit: string;
}

function measurementsOf(observation: Observation): Measurement[] {
  const date = observation.effectiveDateTime ?? observation.effectivePeriod?.start;
  if (!date) return [];
  return [observation, ...(observation.component ?? [])].flatMap(({ code, valueQuantity }) => {
    if (valueQuantity?.value === undefined) return [];
    const { value, unit = '' } = valueQuantity;
    return codesOf(code).map((found) => ({ date, code: synonyms.get(found) ?? found, value, unit }));
  });
}

function pointsOf(measurements: readonly Measurement[]): VitalPoint[] {
  const byDate = Map.groupBy(measurements, ({ date }) => date);
  const points = [...byDate].map(([date, at]) => ({
    date,
    values: Object.fromEntries(at.map(({ code, value }) => [code, value])),
  }));
  return points.toSorted((a, b) => Date.parse(a.date) - Date.parse(b.date));
}

/** Gathers vital-sign Observations into one series per chart; charts without a value are left out. */
export function vitalSeries(observations: readonly Observation[]): VitalSeries[] {
  const measurements = observations.flatMap(measurementsOf);
  return vitalSigns.flatMap((sign) => {
    const own = measurements.filter(({ code }) => sign.lines.some((line) => line.code === code));
    const [first] = own;
    return first ? [{ ...sign, unit: first.unit, points: pointsOf(own) }] : [];
  });
}
