import { compartment } from '#lib/data/database/compartment.ts';
import { noteTouched } from '#lib/data/touched.ts';
import { isId } from '#lib/fhir/reference/reference.ts';

/** Notes a patient whom a request names, whether or not it gets to see them; what is no id names nobody. */
export function notePatient(sandboxId: number, id: unknown): void {
  if (isId(id)) noteTouched([patientRow(sandboxId, id)]);
}

/** A patient's own resource, in its own compartment. */
export function patientRow(sandboxId: number, id: string) {
  return { resourceType: 'Patient', id, patients: [compartment(sandboxId, id)] };
}
