import { expect, it } from 'vitest';
import { crowdedFolders, folderCircles, maxSources, type Source } from './folders.ts';

const source = (path: string, ...imports: string[]): Source => ({ path, imports });

it('finds no circle where folders import downwards, nested ones too', () => {
  const sources = [source('a/x.ts', 'a/b/y.ts', 'c/z.ts'), source('a/b/y.ts', 'c/z.ts'), source('c/z.ts')];
  expect(folderCircles(sources)).toEqual([]);
});

it('finds folders that import each other though no two files do', () => {
  const sources = [source('a/1.ts', 'b/1.ts'), source('b/1.ts'), source('b/2.ts', 'a/2.ts'), source('a/2.ts')];
  expect(folderCircles(sources)).toEqual([['a', 'b', 'a']]);
});

it('finds a circle through three folders, and between a folder and one inside it', () => {
  const three = [source('a/1.ts', 'b/1.ts'), source('b/1.ts', 'c/1.ts'), source('c/1.ts', 'a/2.ts'), source('a/2.ts')];
  expect(folderCircles(three)).toEqual([['a', 'b', 'c', 'a']]);
  const nested = [source('a/1.ts', 'a/b/1.ts'), source('a/b/1.ts', 'a/2.ts'), source('a/2.ts')];
  expect(folderCircles(nested)).toEqual([['a', 'a/b', 'a']]);
});

it('finds a circle that the first folder only leads to', () => {
  const sources = [
    source('a/1.ts', 'b/1.ts'),
    source('b/1.ts', 'c/1.ts'),
    source('c/1.ts', 'b/2.ts'),
    source('b/2.ts'),
  ];
  expect(folderCircles(sources)).toEqual([['b', 'c', 'b']]);
});

it('lets tests import what they like', () => {
  const sources = [
    source('a/1.ts', 'b/1.ts'),
    source('b/1.ts'),
    source('b/1.test.ts', 'a/1.ts'),
    source('b/tests/fixture.ts', 'a/1.ts'),
    source('a/2.ts', 'b/tests/fixture.ts'),
  ];
  expect(folderCircles(sources)).toEqual([]);
});

it('counts the sources of a folder, without its tests and its subfolders', () => {
  const many = (folder: string, count: number, end = '.ts') =>
    Array.from({ length: count }, (_, index) => source(`${folder}/${index}${end}`));
  const sources = [
    ...many('full', maxSources),
    ...many('full', 5, '.test.ts'),
    ...many('full/inner', 5),
    ...many('crowded', maxSources + 1),
  ];
  expect(crowdedFolders(sources)).toEqual([{ folder: 'crowded', count: maxSources + 1 }]);
});
