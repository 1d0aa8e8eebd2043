import { patientRow } from '#lib/audit/note-patient.ts';
import { noteRequest, noteTouched } from '#lib/data/touched.ts';
import { isId } from '#lib/fhir/reference/reference.ts';
import { patientsNamed } from '#lib/fhir/search/patients-named.ts';
import type { Interaction } from './interaction.ts';

/**
 * Notes for the audit log which resource a request, or an entry of a Bundle, names, even if access is refused: attempts
 * to read a patient must be found by that patient.
 */
export function noteNamed(sandboxId: number, interaction: Interaction): void {
  if (!('id' in interaction) || !isId(interaction.id)) return;
  const { id } = interaction;
  const resourceType = interaction.kind === 'search-compartment' ? 'Patient' : interaction.resourceType;
  if (resourceType === undefined) return;
  noteTouched([resourceType === 'Patient' ? patientRow(sandboxId, id) : { resourceType, id, patients: [] }]);
}

/** Notes for the audit log which patients a search names, and the parameters in its body, which are not in its URL. */
export function noteSearch(sandboxId: number, parameters: URLSearchParams, inBody: boolean): void {
  if (inBody) noteRequest({ form: parameters.toString() });
  noteTouched(patientsNamed(parameters).map((id) => patientRow(sandboxId, id)));
}
