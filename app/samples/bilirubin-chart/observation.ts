import { z } from 'zod';
import { momentOf } from '../smart/fhir-time.ts';
import { codeableConcept, period } from '../smart/resources.ts';
import { toMgPerDl } from './bilirubin-unit.ts';

/** LOINC: total bilirubin in serum or plasma, as mass and as amount of substance per volume. */
export const totalBilirubinCodes = ['http://loinc.org|1975-2', 'http://loinc.org|14631-6'];

export const observationSchema = z.object({
  resourceType: z.literal('Observation'),
  id: z.string(),
  status: z.string(),
  effectiveDateTime: z.string().optional(),
  effectiveInstant: z.string().optional(),
  effectivePeriod: period.optional(),
  valueQuantity: z
    .object({
      value: z.number().optional(),
      comparator: z.string().optional(),
      unit: z.string().optional(),
      code: z.string().optional(),
    })
    .optional(),
  valueString: z.string().optional(),
  dataAbsentReason: codeableConcept.optional(),
});

export type Observation = z.infer<typeof observationSchema>;

/** One measured total bilirubin. */
export interface Measurement {
  id: string;
  status: string;
  /** When the blood was taken; null when the record has no time of day. */
  at: Date | null;
  /** The date or time as recorded, for measurements without a moment. */
  recordedAt: string | null;
  /** As recorded, with its unit. */
  text: string;
  /** Null if it cannot be compared with the nomogram; `problem` says why. */
  mgPerDl: number | null;
  problem: string | null;
}

const withdrawn = new Set(['entered-in-error', 'cancelled']);

/** The measurements in a list of Observations, oldest first, those without a time last; withdrawn ones are left out. */
export function measurementsOf(observations: Observation[]): Measurement[] {
  return observations
    .filter(({ status }) => !withdrawn.has(status))
    .map(measurementOf)
    .sort((a, b) => timeOf(a) - timeOf(b));
}

function timeOf({ at }: Measurement): number {
  return at?.getTime() ?? Number.MAX_SAFE_INTEGER;
}

function measurementOf(observation: Observation): Measurement {
  const recordedAt = effectiveOf(observation);
  const at = momentOf(recordedAt ?? undefined);
  const reading = readValue(observation);
  const problem = reading.problem ?? (at ? null : 'No time of day recorded');
  return { id: observation.id, status: observation.status, at, recordedAt, ...reading, problem };
}

function effectiveOf({ effectiveDateTime, effectiveInstant, effectivePeriod }: Observation): string | null {
  return effectiveDateTime ?? effectiveInstant ?? effectivePeriod?.start ?? null;
}

type Reading = Pick<Measurement, 'text' | 'mgPerDl' | 'problem'>;

function readValue({ valueQuantity, valueString, dataAbsentReason }: Observation): Reading {
  if (valueQuantity?.value !== undefined) return readQuantity(valueQuantity, valueQuantity.value);
  const text = valueString ?? dataAbsentReason?.text ?? 'No value';
  return { text, mgPerDl: null, problem: 'No numeric value' };
}

function readQuantity(quantity: NonNullable<Observation['valueQuantity']>, value: number): Reading {
  const { comparator, code = '', unit = code } = quantity;
  const text = [comparator, value, unit].filter((part) => part !== undefined && part !== '').join(' ');
  const mgPerDl = toMgPerDl(value, code) ?? toMgPerDl(value, unit);
  if (comparator) return { text, mgPerDl: null, problem: 'A limit, not a measured value' };
  if (mgPerDl === null) return { text, mgPerDl, problem: `Unit ${unit || 'missing'}: cannot be converted to mg/dL` };
  return value < 0 ? { text, mgPerDl: null, problem: 'Negative value' } : { text, mgPerDl, problem: null };
}
