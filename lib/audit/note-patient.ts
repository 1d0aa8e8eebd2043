import { compartment } from '#lib/data/database/compartment.ts';
import { noteTouched } from '#lib/data/touched.ts';
import { isId } from '#lib/fhir/reference/reference.ts';

/**
 * Adds a patient whom a request names to what it touched, even if it may not see them. Anything but an id is ignored.
 */
export function notePatient(sandboxId: number, id: unknown): void {
  if (isId(id)) noteTouched([patientRow(sandboxId, id)]);
}

/** The touched row of a Patient resource, which is in its own compartment. */
export function patientRow(sandboxId: number, id: string) {
  return { resourceType: 'Patient', id, patients: [compartment(sandboxId, id)] };
}
