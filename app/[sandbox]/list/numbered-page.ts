/** Rows on one page of a list whose pages have numbers. */
const pageSize = 50;

/** The rows of page `page` (from 1), as a query asks for them. */
export function partOf(page: number): { offset: number; count: number } {
  return { offset: (page - 1) * pageSize, count: pageSize };
}

/** Which rows of a list a page shows: 1-based numbers of the first and the last, and how many there are on all. */
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
