import type {
  AllergyIntolerance,
  CareTeam,
  Condition,
  DiagnosticReport,
  DocumentReference,
  Encounter,
  Immunization,
  MedicationRequest,
  Observation,
  Patient,
} from 'fhir/r4';

/** A patient's chart: the resources of each section that shows them. */
export interface PatientRecord {
  patient: Patient;
  conditions: Condition[];
  medications: MedicationRequest[];
  allergies: AllergyIntolerance[];
  vitals: Observation[];
  labs: Observation[];
  reports: DiagnosticReport[];
  encounters: Encounter[];
  immunizations: Immunization[];
  documents: DocumentReference[];
  careTeams: CareTeam[];
}
