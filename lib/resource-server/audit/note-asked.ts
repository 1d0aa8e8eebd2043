import { patientRow } from '#lib/audit/note-patient.ts';
import { noteRequest, noteTouched } from '#lib/data/touched.ts';
import { isId } from '#lib/fhir/reference/reference.ts';
import type { Interaction } from '../request/interaction.ts';

/**
 * Notes the resource that a request, or an entry of a Bundle, names, whether or not it gets to see it: who tried to read
 * a patient in vain is found by that patient.
 */
export function noteAsked(sandboxId: number, interaction: Interaction): void {
  if (!('id' in interaction) || !isId(interaction.id)) return;
  const { id } = interaction;
  const ofPatient = interaction.kind === 'everything' || interaction.kind === 'search-compartment';
  const resourceType = ofPatient ? 'Patient' : interaction.resourceType;
  noteTouched([resourceType === 'Patient' ? patientRow(sandboxId, id) : { resourceType, id, patients: [] }]);
}

/** The same for a search: the patients that it names, and the parameters that the URL does not show. */
export function noteSearch(sandboxId: number, parameters: URLSearchParams, inBody: boolean): void {
  if (inBody) noteRequest({ form: parameters.toString() });
  noteTouched(patientsNamed(parameters).map((id) => patientRow(sandboxId, id)));
}

/** Ids of the patients that search parameters name: `patient=1`, `subject=Patient/1,Patient/2`. */
export function patientsNamed(parameters: URLSearchParams): string[] {
  return [...parameters].flatMap(([name, value]) => {
    const form = references.get(name);
    return form ? value.split(',').flatMap((one) => idIn(one, form)) : [];
  });
}

/** What may stand before the id: a subject of another type is no patient. */
const references = new Map<string, RegExp>([
  ['patient', /^(?:Patient\/)?(.+)$/],
  ['patient:Patient', /^(?:Patient\/)?(.+)$/],
  ['subject', /^Patient\/(.+)$/],
  ['subject:Patient', /^(?:Patient\/)?(.+)$/],
]);

function idIn(text: string, form: RegExp): string[] {
  const id = form.exec(text)?.[1];
  return id !== undefined && isId(id) ? [id] : [];
}
