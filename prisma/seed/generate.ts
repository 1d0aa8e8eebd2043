import type { Bundle } from 'fhir/r4';
import type { Population } from './patient-record.ts';
import { patientRecord } from './patient-record.ts';
import { collect, hospitalBundle } from './resource/hospital.ts';

/**
 * Makes up a hospital and its patients: first one `collection` Bundle with organizations, places and staff, then one
 * per patient, so that memory does not grow with their number. The same options give the same bytes; nothing but
 * appointments, goals and plans lies after `now`. Every resource has an id, references are literal (`Patient/p7`).
 * @param from how many bundles are passed over, to go on where somebody stopped
 * @throws {RangeError} if `patients` is not a whole number of at least 1, or `now` is no date.
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
