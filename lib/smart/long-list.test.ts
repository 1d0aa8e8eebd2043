import { expect, it } from 'vitest';
import { longListIn } from './long-list.ts';

it.each([
  [{ a: [1, 2] }, undefined],
  [{ a: { b: [1, 2, 3] } }, ['a', 'b']],
  [[[1], [1, 2, 3]], [1]],
  [{ a: 1, b: 2, c: 3 }, []],
  ['abc', undefined],
  [null, undefined],
])('in %j the first with more than two is at %j', (value, path) => expect(longListIn(value, 2)).toEqual(path));
