import { Pagination } from '#components/ui/table/pagination.tsx';

interface NumberedPagesProps {
  /** Names the list. */
  label: string;
  /** Path of the list, and what of its address stays the same on every page. */
  list: string;
  query?: Readonly<Record<string, string>>;
  page: number;
  /** 1-based numbers of the first and last row on this page, and how many there are on all. */
  shown: { from: number; to: number; total: number };
}

/** Links to the pages around this one; none when there is no other. */
export function NumberedPages({ label, list, query = {}, page, shown: { from, to, total } }: NumberedPagesProps) {
  if (page === 1 && to >= total) return null;
  const address = (number: number) => `${list}?${new URLSearchParams({ ...query, page: String(number) })}`;
  return (
    <Pagination
      label={label}
      from={from}
      to={to}
      total={total}
      previousHref={page > 1 ? address(page - 1) : undefined}
      nextHref={to < total ? address(page + 1) : undefined}
    />
  );
}
