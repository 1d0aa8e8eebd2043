import { patientRow } from '#lib/audit/note-patient.ts';
import { noteRequest, noteTouched } from '#lib/data/touched.ts';
import { isId } from '#lib/fhir/reference/reference.ts';
import { patientsNamed } from '#lib/fhir/search/patients-named.ts';
import type { Interaction } from './interaction.ts';

/**
 * Notes the resource that a request, or an entry of a Bundle, names, whether or not it gets to see it: who tried to read
 * a patient in vain is found by that patient.
 */
export function noteNamed(sandboxId: number, interaction: Interaction): void {
  if (!('id' in interaction) || !isId(interaction.id)) return;
  const { id } = interaction;
  const resourceType = interaction.kind === 'search-compartment' ? 'Patient' : interaction.resourceType;
  if (resourceType === undefined) return;
  noteTouched([resourceType === 'Patient' ? patientRow(sandboxId, id) : { resourceType, id, patients: [] }]);
}

/** Notes the patients that a search names, and the parameters that its URL does not show. */
export function noteSearch(sandboxId: number, parameters: URLSearchParams, inBody: boolean): void {
  if (inBody) noteRequest({ form: parameters.toString() });
  noteTouched(patientsNamed(parameters).map((id) => patientRow(sandboxId, id)));
}
