import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { classNames } from '../class-names.ts';
import { Link } from '../link.tsx';
import { PendingMark } from '../pending-mark.tsx';

export interface SortState {
  /** Key of the column sorted by. */
  key: string;
  direction: 'ascending' | 'descending';
  /** The address of the same list sorted by a column; the caller decides the direction. */
  href: (key: string) => string;
}

interface HeadColumn {
  key: string;
  header: string;
  numeric?: boolean | undefined;
  hiddenHeader?: boolean | undefined;
  sortable?: boolean | undefined;
  className?: string | undefined;
}

/** Sticky column headers; a sortable one is a link, so sorting works without JavaScript. */
export function TableHead({ columns, sort }: { columns: readonly HeadColumn[]; sort: SortState | undefined }) {
  return (
    <thead className="bg-sunken text-sm text-muted max-sm:sr-only">
      <tr>
        {columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            aria-sort={sort?.key === column.key ? sort.direction : undefined}
            className={classNames(
              'sticky top-0 border-b border-line bg-sunken px-4 py-1.5 align-bottom font-medium',
              column.numeric ? 'text-right' : 'whitespace-nowrap',
              column.className,
            )}
          >
            <HeaderText column={column} sort={sort} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

function HeaderText({ column, sort }: { column: HeadColumn; sort: SortState | undefined }) {
  if (column.hiddenHeader) return <span className="sr-only">{column.header}</span>;
  if (!column.sortable || !sort) return column.header;
  const Icon = sort.key !== column.key ? ChevronsUpDown : sort.direction === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <Link href={sort.href(column.key)} className="inline-flex min-h-6 items-center gap-1 hover:text-ink">
      {column.header}
      <Icon aria-hidden className="size-3.5" />
      <PendingMark />
    </Link>
  );
}
