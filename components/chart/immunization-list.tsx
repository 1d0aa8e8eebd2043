import type { Immunization } from 'fhir/r4';
import { dateText, newestFirst } from '#components/record/fhir-date.ts';
import { conceptText } from '#components/record/fhir-text.ts';
import { RecordList } from '#components/record/record-list.tsx';
import { Badge } from '#components/ui/badge.tsx';

/** Vaccines given, or not given and marked so, newest first. */
export function ImmunizationList({ immunizations }: { immunizations: readonly Immunization[] }) {
  const rows = newestFirst(immunizations, ({ occurrenceDateTime }) => occurrenceDateTime).map((immunization) => ({
    key: immunization.id ?? '',
    title: conceptText(immunization.vaccineCode),
    detail: dateText(immunization.occurrenceDateTime) || immunization.occurrenceString,
    aside: immunization.status === 'completed' ? null : <Badge tone="warning">{immunization.status}</Badge>,
  }));
  return <RecordList id="immunizations" title="Immunizations" empty="No immunizations recorded" rows={rows} />;
}
