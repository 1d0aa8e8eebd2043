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

/** Everything the chart of one patient shows. */
export interface PatientRecord {
  patient: Patient;
  conditions: readonly Condition[];
  medications: readonly MedicationRequest[];
  allergies: readonly AllergyIntolerance[];
  vitals: readonly Observation[];
  labs: readonly Observation[];
  reports: readonly DiagnosticReport[];
  encounters: readonly Encounter[];
  immunizations: readonly Immunization[];
  documents: readonly DocumentReference[];
  careTeams: readonly CareTeam[];
}
