import { Badge } from '#components/ui/badge.tsx';
import type { AuditRecord } from '#lib/fhir/audit/record.ts';
import { outcomeWords } from './audit-words.ts';

/** The outcome of a request, as a word with the HTTP status. */
export function OutcomeBadge({ record: { outcome, status } }: { record: Pick<AuditRecord, 'outcome' | 'status'> }) {
  const { word, tone } = outcomeWords[outcome];
  return (
    <Badge tone={tone}>
      {word}
      <span className="font-normal tabular-nums">{status}</span>
    </Badge>
  );
}
