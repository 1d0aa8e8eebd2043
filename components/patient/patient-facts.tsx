import { dateText } from '#components/chart/fhir-date.ts';
import type { PatientSummary } from './patient-summary.ts';

/** Name above, then what tells two patients of one name apart: for pickers and dialogs. */
export function PatientFacts({ patient }: { patient: PatientSummary }) {
  const facts = [patient.sex, patient.age, patient.birthDate && `born ${dateText(patient.birthDate)}`];
  return (
    <span className="flex flex-col">
      <span className="font-medium break-words">{patient.name}</span>
      <span className="text-sm text-muted tabular-nums">{[...facts, patient.mrn].filter(Boolean).join(' · ')}</span>
    </span>
  );
}
