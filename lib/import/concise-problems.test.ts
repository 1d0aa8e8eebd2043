import { expect, it } from 'vitest';
import { conciseProblems } from './concise-problems.ts';

const problem = (path: string, reason: string) => ({ file: 'f', path, reason });

it('leaves a few different problems as they are', () => {
  const few = [problem('$.a', 'is wrong'), problem('$.b', 'is missing')];
  expect(conciseProblems(few)).toEqual(few);
  expect(conciseProblems([])).toEqual([]);
});

it('reports a repeated problem once, at its first place', () => {
  const same = [problem('$.a', 'x'), problem('$.b', 'y'), problem('$.c', 'x'), problem('$.d', 'x')];
  expect(conciseProblems(same)).toEqual([problem('$.a', 'x (2 more of these)'), problem('$.b', 'y')]);
});

it('counts the problems beyond the first few', () => {
  const many = Array.from({ length: 40 }, (_, index) => problem(`$.${index}`, `reason ${index}`));
  expect(conciseProblems(many)).toEqual([...many.slice(0, 5), problem('$.5', 'and 35 more mistakes')]);
});
