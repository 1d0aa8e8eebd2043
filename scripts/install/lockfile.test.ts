import { expect, it } from 'vitest';
import { type Lockfile, lockIssues, treeIssues, unhashed } from './lockfile.mjs';

const lock = (packages: Lockfile['packages']): Lockfile => ({ packages: packages ?? {} });

it.each<[what: string, manifest: object, root: object, expected: string[]]>([
  ['the same', { dependencies: { a: '1.0.0' } }, { dependencies: { a: '1.0.0' } }, []],
  [
    'another version',
    { dependencies: { a: '1.0.1' } },
    { dependencies: { a: '1.0.0' } },
    ['package.json asks for a 1.0.1, and package-lock.json for a 1.0.0.'],
  ],
  [
    'one that was added',
    { devDependencies: { b: '2.0.0' } },
    {},
    ['package.json asks for b 2.0.0, and package-lock.json for no b.'],
  ],
  [
    'one that was taken away',
    {},
    { optionalDependencies: { c: '3.0.0' } },
    ['package.json asks for no c, and package-lock.json for c 3.0.0.'],
  ],
])('package.json and lockfile: %s', (_, manifest, root, expected) => {
  expect(lockIssues(manifest, lock({ '': root }))).toEqual(expected);
});

const a = { version: '1.0.0', integrity: 'sha512-a' };

it.each<[what: string, wanted: object, installed: object | undefined, expected: RegExp | undefined]>([
  ['the same', a, a, undefined],
  ['another version', a, { ...a, version: '1.0.1' }, /a is 1\.0\.1/],
  ['the same version of another make', a, { ...a, integrity: 'sha512-b' }, /of another make/],
  ['a missing one', a, undefined, /missing/],
  ['a missing one for development', { ...a, dev: true }, undefined, undefined],
  ['a missing one for another machine', { ...a, optional: true }, undefined, undefined],
  ['another version of one for development', { ...a, dev: true }, { ...a, version: '2.0.0' }, /a is 2\.0\.0/],
])('lockfile and node_modules: %s', (_, wanted, installed, expected) => {
  const issues = treeIssues(lock({ 'node_modules/a': wanted }), lock(installed && { 'node_modules/a': installed }));
  expect(issues).toEqual(expected ? [expect.stringMatching(expected)] : []);
});

it('finds packages without a hash', () => {
  expect(unhashed(lock({ '': {}, 'node_modules/a': a, 'node_modules/b': { version: '1.0.0' } }))).toEqual([
    'node_modules/b',
  ]);
});
