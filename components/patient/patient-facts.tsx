import { dateText } from '#components/record/fhir-date.ts';
import type { PatientSummary } from './patient-summary.ts';

/**
 * The name of a patient above the facts that distinguish patients of the same name; for pickers, dialogs and narrow
 * lists.
 */
export function PatientFacts({ patient }: { patient: PatientSummary }) {
  const facts = [patient.sex, patient.age, patient.birthDate && `born ${dateText(patient.birthDate)}`, patient.mrn];
  return (
    <span className="flex min-w-0 flex-col">
      <span className="font-medium break-words">{patient.name}</span>
      <span className="flex flex-wrap gap-x-2.5 text-sm font-normal text-muted tabular-nums">
        {facts.filter(Boolean).map((fact) => (
          <span key={fact} className="whitespace-nowrap">
            {fact}
          </span>
        ))}
      </span>
    </span>
  );
}
