import { Pagination } from '#components/ui/pagination.tsx';
import type { AccessList } from './load-access.ts';

interface AccessPagesProps {
  /** Path of the list, and what of its address stays the same on every page. */
  list: string;
  query?: Readonly<Record<string, string>>;
  page: number;
  shown: AccessList;
}

/** Links to the pages around this one; none when there is no other. */
export function AccessPages({ list, query = {}, page, shown: { from, to, total } }: AccessPagesProps) {
  if (page === 1 && to >= total) return null;
  const address = (number: number) => `${list}?${new URLSearchParams({ ...query, page: String(number) })}`;
  return (
    <Pagination
      label="Access"
      from={from}
      to={to}
      total={total}
      previousHref={page > 1 ? address(page - 1) : undefined}
      nextHref={to < total ? address(page + 1) : undefined}
    />
  );
}
