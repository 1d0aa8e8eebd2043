import type { ReactNode } from 'react';
import { classNames } from '../class-names.ts';
import { RowLink } from './row-link.tsx';
import { type SortState, TableHead } from './table-head.tsx';

export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Right-aligned, tabular figures. */
  numeric?: boolean | undefined;
  /** Left out where the table is stacked on a phone. */
  hideOnPhone?: boolean | undefined;
  /** The header exists for assistive technology only, e.g. "Actions". */
  hiddenHeader?: boolean | undefined;
  sortable?: boolean | undefined;
  className?: string | undefined;
}

interface DataTableProps<Row> {
  /** Says what the table contains; only for screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** The address of a row: its first cell becomes a link whose click target is the whole row. */
  rowHref?: ((row: Row) => string) | undefined;
  sort?: SortState | undefined;
  /**
   * Whether column widths follow the classes of the columns instead of the content, so that several tables are aligned.
   */
  fixed?: boolean | undefined;
  /** Shown instead of the table when there are no rows. */
  empty?: ReactNode;
}

/** A dense table, drawn on the server; on a phone each row stacks into name and value pairs. */
export function DataTable<Row>({ caption, columns, rows, rowKey, rowHref, sort, fixed, empty }: DataTableProps<Row>) {
  if (rows.length === 0 && empty) return empty;
  return (
    <div className="overflow-x-auto">
      <table className={classNames('w-full border-collapse text-left max-sm:block', fixed && 'sm:table-fixed')}>
        <caption className="sr-only">{caption}</caption>
        <TableHead columns={columns} sort={sort} />
        <tbody className="divide-y divide-line max-sm:block">
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              className={classNames(
                'relative max-sm:block max-sm:px-4 max-sm:py-2.5 has-[details[open]]:[&>td]:align-top',
                rowHref && 'hover:bg-hover focus-within:bg-hover',
              )}
            >
              {columns.map((column, index) => (
                <Cell key={column.key} column={column} first={index === 0}>
                  {index === 0 && rowHref ? (
                    <RowLink href={rowHref(row)}>{column.cell(row)}</RowLink>
                  ) : (
                    column.cell(row)
                  )}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps<Row> {
  column: Column<Row>;
  first: boolean;
  children: ReactNode;
}

function Cell<Row>({ column, first, children }: CellProps<Row>) {
  const label = first || column.hiddenHeader ? undefined : column.header;
  return (
    <td
      data-label={label}
      className={classNames(
        'px-4 py-1.5 align-middle max-sm:block max-sm:px-0 max-sm:py-0.5',
        label &&
          'max-sm:flex max-sm:gap-3 max-sm:before:w-28 max-sm:before:shrink-0 max-sm:before:text-sm max-sm:before:text-muted max-sm:before:content-[attr(data-label)]',
        column.numeric && 'tabular-nums sm:text-right',
        column.hideOnPhone && 'max-sm:hidden',
        column.className,
      )}
    >
      {children}
    </td>
  );
}
