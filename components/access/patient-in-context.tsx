import { Link } from '#components/ui/link.tsx';
import type { AccessPageFacts, GrantedAccess } from './granted-access.ts';

/** The patient for whom an app was opened, linked to the chart; only the id when the reader may not see the patient. */
export function PatientInContext({ patient, facts }: { patient: GrantedAccess['patient']; facts: AccessPageFacts }) {
  if (!patient) return <span className="text-muted">No patient</span>;
  if (patient.name === undefined) return <code className="font-mono text-sm break-all text-muted">{patient.id}</code>;
  return (
    <Link
      href={`/${facts.sandbox}/patients/${patient.id}`}
      className="font-medium break-words text-accent-text hover:underline"
    >
      {patient.name}
    </Link>
  );
}
