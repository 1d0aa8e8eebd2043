import { expect, it } from 'vitest';
import type { ResourceVersion } from './identified.ts';
import { inStatements } from './versions.ts';

const versions = (count: number, rows: number) =>
  Array.from({ length: count }, (_, id) => ({ id: String(id), rows: Array.from({ length: rows }) }) as ResourceVersion);
const sizes = (all: ResourceVersion[]) => [...inStatements(all)].map((group) => group.length);

it.each<[what: string, all: ResourceVersion[], expected: number[]]>([
  ['nothing', [], []],
  ['few resources at once', versions(60, 10), [60]],
  ['a thousand resources at most', versions(2500, 1), [1000, 1000, 500]],
  ['twenty thousand index rows at most', versions(600, 80), [250, 250, 100]],
  ['a resource with more by itself', versions(3, 21_000), [1, 1, 1]],
])('a statement writes %s, so that others have their turns between two of them', (_, all, expected) => {
  expect(sizes(all)).toEqual(expected);
  expect([...inStatements(all)].flat()).toEqual(all);
});
