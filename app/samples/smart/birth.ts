import { momentOf, startOfDate } from './fhir-time.ts';
import type { Patient } from './resources.ts';

const birthTime = 'http://hl7.org/fhir/StructureDefinition/patient-birthTime';

/** When a patient was born, and whether the hour is known; if not, `at` is midnight at the start of the day. */
export interface Birth {
  at: Date;
  precision: 'time' | 'date';
}

/**
 * The birth of a patient, by the patient-birthTime extension if it holds a moment, else by `birthDate`.
 * @see https://hl7.org/fhir/R4/extension-patient-birthtime.html
 */
export function birthOf(patient: Pick<Patient, 'birthDate' | '_birthDate'>): Birth | null {
  const recorded = patient._birthDate?.extension?.find(({ url }) => url === birthTime);
  const at = momentOf(recorded?.valueDateTime);
  if (at) return { at, precision: 'time' };
  const date = startOfDate(patient.birthDate);
  return date && { at: date, precision: 'date' };
}
