import type { Bundle } from 'fhir/r4';
import type { Population } from './patient-record.ts';
import { patientRecord } from './patient-record.ts';
import { collect, hospitalBundle } from './resource/hospital.ts';

/**
 * Generates a hospital and its patients: a `collection` Bundle of organizations, places and staff, then one Bundle per
 * patient, so that memory does not grow with their number. Equal options give identical bytes. Only appointments, goals
 * and plans lie after `now`. Every resource has an id, and references are literal (`Patient/p7`).
 * @param from number of Bundles to skip, to resume
 * @throws {RangeError} if `patients` is not a whole number of at least 1, or `seed` or `now` is invalid
 */
export function* generateSandboxData(options: Population, from = 0): Generator<Bundle> {
  if (!Number.isSafeInteger(options.patients) || options.patients < 1) {
    throw new RangeError(`patients must be a whole number of at least 1, not ${options.patients}`);
  }
  if (!Number.isSafeInteger(options.seed) || Number.isNaN(options.now.getTime())) {
    throw new RangeError('seed must be a whole number and now a date');
  }
  if (from === 0) yield hospitalBundle();
  for (let number = Math.max(from, 1); number <= options.patients; number++) {
    yield collect(patientRecord(number, options));
  }
}
