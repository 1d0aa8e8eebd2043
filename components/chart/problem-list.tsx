import type { Condition } from 'fhir/r4';
import { dateText, newestFirst } from '#components/record/fhir-date.ts';
import { codesOf, conceptText } from '#components/record/fhir-text.ts';
import { facts, RecordList } from '#components/record/record-list.tsx';
import { Badge } from '#components/ui/badge.tsx';

const active = ['active', 'recurrence', 'relapse'];

const isActive = ({ clinicalStatus }: Condition) => codesOf(clinicalStatus).some((code) => active.includes(code));
const onsetOf = ({ onsetDateTime, onsetPeriod, recordedDate }: Condition) =>
  onsetDateTime ?? onsetPeriod?.start ?? recordedDate;

/** Conditions, active ones first. */
export function ProblemList({ conditions }: { conditions: readonly Condition[] }) {
  const sorted = newestFirst(conditions, onsetOf).toSorted((a, b) => Number(isActive(b)) - Number(isActive(a)));
  const rows = sorted.map((condition) => ({
    key: condition.id ?? '',
    title: conceptText(condition.code),
    detail: facts(
      onsetOf(condition) && `Since ${dateText(onsetOf(condition))}`,
      condition.abatementDateTime && `resolved ${dateText(condition.abatementDateTime)}`,
    ),
    aside: isActive(condition) ? null : <Badge>{codesOf(condition.clinicalStatus)[0] ?? 'Inactive'}</Badge>,
  }));
  return <RecordList id="problems" title="Problems" empty="No problems recorded" rows={rows} />;
}
