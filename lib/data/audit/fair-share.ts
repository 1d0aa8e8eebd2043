/**
 * How many events each of several groups may keep, so that they are at most `total` together: the same number for all,
 * as large as possible, since who has fewer leaves room to the others. A group without many events loses none.
 */
export function fairShare(counts: readonly number[], total: number): number {
  const ascending = counts.toSorted((one, other) => one - other);
  let room = total;
  for (const [index, count] of ascending.entries()) {
    const share = Math.floor(room / (ascending.length - index));
    if (count > share) return share;
    room -= count;
  }
  return Number.POSITIVE_INFINITY;
}
