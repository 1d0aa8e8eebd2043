import { expect, it } from 'vitest';
import type { ResourceVersion } from './identified.ts';
import { inStatements } from './versions.ts';

const versions = (count: number, rows: number) =>
  Array.from({ length: count }, (_, id) => ({ id: String(id), rows: Array.from({ length: rows }) }) as ResourceVersion);
const sizes = (all: ResourceVersion[]) => [...inStatements(all)].map((group) => group.length);

it.each<[what: string, all: ResourceVersion[], expected: number[]]>([
  ['nothing', [], []],
  ['few resources at once', versions(60, 10), [60]],
  ['a hundred resources at most', versions(250, 1), [100, 100, 50]],
  ['a thousand index rows at most', versions(60, 40), [25, 25, 10]],
  ['a resource with more by itself', versions(3, 2000), [1, 1, 1]],
])('a statement writes %s, so that others have their turns between two of them', (_, all, expected) => {
  expect(sizes(all)).toEqual(expected);
  expect([...inStatements(all)].flat()).toEqual(all);
});
