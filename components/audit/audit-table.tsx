import { type Column, DataTable } from '#components/ui/table/data-table.tsx';
import type { AuditEntry } from './audit-entry.ts';
import { interactionWord, requestLine, utcText } from './audit-words.ts';
import { EventApp, EventPatients, EventUser } from './event-parties.tsx';
import { OutcomeBadge } from './outcome-badge.tsx';

const columns: readonly Column<AuditEntry>[] = [
  {
    key: 'time',
    header: 'Time (UTC)',
    className: 'sm:w-32 lg:w-44',
    cell: ({ recorded }) => (
      <time dateTime={recorded.toISOString()} className="tabular-nums lg:whitespace-nowrap">
        {utcText(recorded)}
      </time>
    ),
  },
  { key: 'user', header: 'User', className: 'sm:w-[14%] xl:w-48', cell: (entry) => <EventUser entry={entry} /> },
  { key: 'app', header: 'App', className: 'sm:w-[14%] xl:w-44', cell: (entry) => <EventApp entry={entry} /> },
  {
    key: 'patient',
    header: 'Patient',
    className: 'sm:w-[16%] xl:w-56',
    cell: (entry) => <EventPatients entry={entry} />,
  },
  { key: 'what', header: 'What', cell: (entry) => <What entry={entry} /> },
  { key: 'outcome', header: 'Outcome', className: 'sm:w-32', cell: (entry) => <OutcomeBadge record={entry} /> },
];

/**
 * The interaction in a word, and the request line as it was sent. A long query is cut here; the page of the event has
 * it whole.
 */
function What({ entry }: { entry: AuditEntry }) {
  return (
    <span className="flex min-w-0 flex-col">
      <span>{interactionWord(entry.interaction)}</span>
      <span className="line-clamp-2 font-mono text-sm break-all text-muted">{requestLine(entry)}</span>
    </span>
  );
}

interface AuditTableProps {
  entries: readonly AuditEntry[];
  /** The address of the page of one event. */
  eventHref: (entry: AuditEntry) => string;
}

/** Events of the log, each linked to its own page. */
export function AuditTable({ entries, eventHref }: AuditTableProps) {
  return (
    <DataTable
      caption="Audit events"
      columns={columns}
      rows={entries}
      rowKey={({ id }) => id}
      rowHref={eventHref}
      fixed
    />
  );
}
