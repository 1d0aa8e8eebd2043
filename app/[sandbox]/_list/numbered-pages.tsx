import { Pagination } from '#components/ui/table/pagination.tsx';
import type { ShownRange } from './numbered-page.ts';
import { listAddress } from './search-parameters.ts';

interface NumberedPagesProps {
  /** Accessible name of the navigation. */
  label: string;
  /** Path of the list; `query` is the part of its address that all pages share. */
  list: string;
  query?: Readonly<Record<string, string>>;
  page: number;
  range: ShownRange;
}

/** Links to the previous and the next page of a list whose pages have numbers. */
export function NumberedPages({ label, list, query = {}, page, range }: NumberedPagesProps) {
  const address = (number: number) => listAddress(list, { ...query, page: String(number) });
  return (
    <Pagination
      label={label}
      range={range}
      previousHref={page > 1 ? address(page - 1) : undefined}
      nextHref={range.to < range.total ? address(page + 1) : undefined}
    />
  );
}
