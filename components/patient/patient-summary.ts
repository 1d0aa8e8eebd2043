import type { HumanName, Identifier, Patient } from 'fhir/r4';
import { ageText } from './age.ts';

/** The facts about a patient that lists, banners and pickers show. */
export interface PatientSummary {
  id: string;
  /** Family name first, as lists are sorted: `Chen, Mei Lin`. */
  name: string;
  sex: string;
  /** FHIR date, possibly partial; '' when unknown. */
  birthDate: string;
  age: string;
  /** Medical record number; '' when there is none. */
  mrn: string;
  deceased: boolean;
}

const sexes = new Map<string, string>(
  Object.entries<string>({ female: 'Female', male: 'Male', other: 'Other', unknown: 'Unknown' }),
);

/** The name to call the patient by: the official or usual one, else the first. */
export function nameOf(names: readonly HumanName[] | undefined): string {
  const name = names?.find(({ use }) => use === 'official' || use === 'usual') ?? names?.[0];
  if (!name) return 'Name unknown';
  const given = name.given?.join(' ');
  return [name.family, given].filter(Boolean).join(', ') || name.text || 'Name unknown';
}

/** The identifier of type MR, else the first one. */
function mrnOf(identifiers: readonly Identifier[] | undefined): string {
  const record = identifiers?.find(({ type }) => type?.coding?.some(({ code }) => code === 'MR'));
  return (record ?? identifiers?.[0])?.value ?? '';
}

/** Condenses a Patient; `now` decides the age, unless the patient has died. */
export function summarizePatient(patient: Patient, now: Date): PatientSummary {
  const { birthDate, deceasedDateTime } = patient;
  return {
    id: patient.id ?? '',
    name: nameOf(patient.name),
    sex: sexes.get(patient.gender ?? 'unknown') ?? 'Unknown',
    birthDate: birthDate ?? '',
    age: ageText(birthDate, deceasedDateTime ? new Date(deceasedDateTime) : now),
    mrn: mrnOf(patient.identifier),
    deceased: patient.deceasedBoolean === true || deceasedDateTime !== undefined,
  };
}
