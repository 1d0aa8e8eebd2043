import type {
  AllergyIntolerance,
  CareTeam,
  Condition,
  DiagnosticReport,
  DocumentReference,
  Encounter,
  FhirResource,
  Immunization,
  MedicationRequest,
  Observation,
  Patient,
} from 'fhir/r4';
import type { PatientRecord } from '#lib/fhir/patient-record.ts';
import { isId } from '#lib/fhir/reference/reference.ts';
import { parseSearch } from '#lib/fhir/search/request.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { readResource } from '../resource/resources.ts';
import { searchResources } from '../search/search.ts';

/** The most resources of one type that a chart shows. */
const maxOfType = 1000;

/** The patient's resources of one type, newest first where `sort` names their date. */
async function findOf<Found extends FhirResource>(
  reader: Reader,
  patient: string,
  resourceType: Found['resourceType'],
  parameters: Record<string, string> = {},
): Promise<Found[]> {
  const all = { patient: `Patient/${patient}`, _count: String(maxOfType), _total: 'none', ...parameters };
  const { matches } = await searchResources(reader, parseSearch(resourceType, Object.entries(all)));
  return matches.map(({ content }) => JSON.parse(content));
}

/** A patient's encounters, newest first. */
export async function findEncounters(reader: Reader, patient: string): Promise<Encounter[]> {
  return isId(patient) ? findOf<Encounter>(reader, patient, 'Encounter', { _sort: '-date' }) : [];
}

/** A patient's record, its parts queried in parallel; undefined when `reader` does not reach the patient. */
export async function findPatientRecord(reader: Reader, id: string): Promise<PatientRecord | undefined> {
  if (!isId(id)) return undefined;
  const observations = (category: string) =>
    findOf<Observation>(reader, id, 'Observation', { category, 'status:not': 'entered-in-error', _sort: '-date' });
  const [stored, vitals, labs, ...rest] = await Promise.all([
    readResource(reader, 'Patient', id),
    observations('vital-signs'),
    observations('laboratory'),
    findOf<Condition>(reader, id, 'Condition'),
    findOf<MedicationRequest>(reader, id, 'MedicationRequest'),
    findOf<AllergyIntolerance>(reader, id, 'AllergyIntolerance'),
    findOf<DiagnosticReport>(reader, id, 'DiagnosticReport', { _sort: '-date' }),
    findEncounters(reader, id),
    findOf<Immunization>(reader, id, 'Immunization'),
    findOf<DocumentReference>(reader, id, 'DocumentReference'),
    findOf<CareTeam>(reader, id, 'CareTeam'),
  ]);
  if (!stored) return undefined;
  const [conditions, medications, allergies, reports, encounters, immunizations, documents, careTeams] = rest;
  const patient: Patient = JSON.parse(stored.content);
  const clinical = { conditions, medications, allergies, vitals, labs, reports };
  return { patient, ...clinical, encounters, immunizations, documents, careTeams };
}
