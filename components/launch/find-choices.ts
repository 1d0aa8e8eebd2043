import type { PatientSummary } from '#components/patient/patient-summary.ts';
import type { EncounterChoice } from '#components/record/encounter-choice.ts';

/** A patient as an item of a combobox. */
export type PatientItem = PatientSummary & { label: string };

async function fetchJson<Answer>(address: string, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(address, { signal, headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response.json();
}

/** Patients whose name or MRN starts with `text`; the first ones by name for ''. */
export async function fetchPatients(sandbox: string, text: string, signal: AbortSignal): Promise<PatientItem[]> {
  const query = new URLSearchParams({ q: text });
  const patients = await fetchJson<PatientSummary[]>(`/${sandbox}/launch/patients?${query}`, signal);
  return patients.map((patient) => ({ ...patient, label: patient.name }));
}

/** A patient's encounters, newest first. */
export function fetchEncounters(sandbox: string, patient: string, signal: AbortSignal): Promise<EncounterChoice[]> {
  const query = new URLSearchParams({ patient });
  return fetchJson(`/${sandbox}/launch/encounters?${query}`, signal);
}
