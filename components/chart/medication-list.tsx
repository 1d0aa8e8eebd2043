import type { MedicationRequest } from 'fhir/r4';
import { dateText, newestFirst } from '#components/record/fhir-date.ts';
import { conceptText } from '#components/record/fhir-text.ts';
import { facts, RecordList } from '#components/record/record-list.tsx';
import { Badge } from '#components/ui/badge.tsx';

const nameOf = ({ medicationCodeableConcept, medicationReference }: MedicationRequest) =>
  conceptText(medicationCodeableConcept) || medicationReference?.display || 'Medication';

/** Medication requests, active ones first, with their dosage. */
export function MedicationList({ requests }: { requests: readonly MedicationRequest[] }) {
  const active = ({ status }: MedicationRequest) => Number(status === 'active');
  const sorted = newestFirst(requests, ({ authoredOn }) => authoredOn).toSorted((a, b) => active(b) - active(a));
  const rows = sorted.map((request) => ({
    key: request.id ?? '',
    title: nameOf(request),
    detail: facts(
      request.dosageInstruction?.[0]?.text,
      request.authoredOn && `ordered ${dateText(request.authoredOn)}`,
    ),
    aside: request.status === 'active' ? null : <Badge>{request.status}</Badge>,
  }));
  return <RecordList id="medications" title="Medications" empty="No medications recorded" rows={rows} />;
}
