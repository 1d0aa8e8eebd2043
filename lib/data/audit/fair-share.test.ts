import { expect, it } from 'vitest';
import { fairShare } from './fair-share.ts';

it.each([
  [[], 10, Number.POSITIVE_INFINITY],
  [[3, 7], 10, Number.POSITIVE_INFINITY],
  [[1000], 10, 10],
  [[1000, 2], 10, 8],
  [[2, 1000, 3, 1000], 15, 5],
  [[9, 9, 9], 10, 3],
])('%j may keep, of %s together, %s each', (counts, total, expected) => {
  expect(fairShare(counts, total)).toBe(expected);
});
