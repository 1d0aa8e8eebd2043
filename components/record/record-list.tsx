import type { ReactNode } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Panel } from '#components/ui/panel.tsx';

/** One entry of a chart section: what it is, the facts under it, and its state to the right. */
interface RecordRow {
  key: string;
  title: ReactNode;
  detail?: string | undefined;
  aside?: ReactNode;
}

interface RecordListProps {
  id: string;
  title: string;
  /** The text for an empty list, such as "No problems recorded". */
  empty: string;
  rows: readonly RecordRow[];
  /** The count in the title, if it is not the number of rows. */
  count?: number;
}

/** How many entries are shown before "Show more". */
const atFirst = 6;

/** A section of the chart as a dense list with its count; a long list is cut until "Show more" is pressed. */
export function RecordList({ id, title, empty, rows, count = rows.length }: RecordListProps) {
  const more = rows.slice(atFirst);
  return (
    <Panel id={id} title={title} flush badge={count > 0 ? <Badge>{count}</Badge> : null}>
      {rows.length === 0 ? <p className="px-4 py-2.5 text-muted">{empty}</p> : <Rows rows={rows.slice(0, atFirst)} />}
      {more.length > 0 ? (
        <details className="border-t border-line">
          <summary className="px-4 py-2 text-sm font-medium text-accent-text hover:bg-hover focus-visible:-outline-offset-2">
            Show {more.length} more
          </summary>
          <div className="border-t border-line">
            <Rows rows={more} />
          </div>
        </details>
      ) : null}
    </Panel>
  );
}

function Rows({ rows }: { rows: readonly RecordRow[] }) {
  return (
    <ul className="divide-y divide-line">
      {rows.map((row) => (
        <li key={row.key} className="flex items-start gap-3 px-4 py-2">
          <div className="min-w-0 flex-1">
            <p className="font-medium break-words">{row.title}</p>
            {row.detail ? <p className="text-sm text-muted tabular-nums">{row.detail}</p> : null}
          </div>
          {row.aside}
        </li>
      ))}
    </ul>
  );
}

/** Joins the facts that are known: `Since Mar 2019 · Dr Chen`. */
export function facts(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}
