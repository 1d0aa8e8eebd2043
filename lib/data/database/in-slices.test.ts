import { expect, it } from 'vitest';
import { inSlices } from './in-slices.ts';

it.each([
  [0, [10]],
  [9, [10]],
  [10, [10, 10]],
  [25, [10, 10, 10]],
])('deletes %i rows by statements of few', async (rows, wanted) => {
  let left = rows;
  const asked: number[] = [];
  await inSlices(async (max) => {
    asked.push(max);
    const removed = Math.min(left, max);
    left -= removed;
    return removed;
  }, 10);
  expect([left, asked]).toEqual([0, wanted]);
});
