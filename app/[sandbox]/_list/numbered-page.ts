/** The number of rows on a page of a list whose pages have numbers. */
const pageSize = 50;

/** Offset and count of the rows of page `page` (from 1), for a query. */
export function partOf(page: number): { offset: number; count: number } {
  return { offset: (page - 1) * pageSize, count: pageSize };
}

/** The rows of a list that a page shows: the numbers of the first and the last, from 1, and the total of all pages. */
export interface ShownRange {
  from: number;
  to: number;
  total: number;
}

/** The range of page `page` (from 1), on which `count` rows were found. */
export function rangeOf(page: number, count: number, total: number): ShownRange {
  const { offset } = partOf(page);
  return { from: offset + 1, to: offset + count, total };
}
