import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Lockfile } from './lockfile.mjs';
import { overrideIssues } from './overrides.mjs';

/** `a` and `b` require `c`; `b` has one of its own. */
const packages = (c: object = {}, ofB: object = {}): Lockfile => ({
  packages: {
    '': { dependencies: { a: '1.0.0', b: '1.0.0' } },
    'node_modules/a': { version: '1.0.0', dependencies: { c: '^1.0.0' } },
    'node_modules/b': { version: '1.0.0', dependencies: { c: '^1.0.0' } },
    'node_modules/c': { version: '1.2.0', ...c },
    'node_modules/b/node_modules/c': { version: '1.1.0', ...ofB },
  },
});
const empty = { name: 'empty', version: '1.0.0' };

it.each<[what: string, overrides: Parameters<typeof overrideIssues>[0]['overrides'], lock: Lockfile, issues: RegExp[]]>(
  [
    ['none', undefined, packages(), []],
    ['one that was followed', { a: { c: '1.2.0' } }, packages(), []],
    ['one of a package at a version', { 'a@1': { c: '1.2.0' } }, packages(), []],
    ['one that was followed by another package', { a: { c: 'npm:empty@1.0.0' } }, packages(empty), []],
    ['one for every package', { c: '1.2.0' }, packages({}, { version: '1.2.0' }), []],
    [
      'one as the manifest has it',
      { c: '$c' },
      packages({}, { version: '1.2.0' }),
      [/c with undefined/, /c with undefined/],
    ],
    ['one of a package itself', { c: { '.': '1.2.0' } }, packages(), [/c with 1\.2\.0, .* has c@1\.1\.0/]],
    [
      'one that was not followed',
      { a: { c: '1.3.0' } },
      packages(),
      [/overrides a > c with 1\.3\.0, .* has c@1\.2\.0/],
    ],
    ['one that is not followed everywhere', { c: '1.2.0' }, packages(), [/overrides c with 1\.2\.0, .* c@1\.1\.0/]],
    ['another package at another version', { a: { c: 'npm:empty@2.0.0' } }, packages(empty), [/empty@1\.0\.0/]],
    ['one that is gone', undefined, packages({}, empty), [/has empty@1\.0\.0 as c, and nothing/]],
    ['one of a package that is not there', { z: { c: '9.9.9' } }, packages(), []],
  ],
)('%s', (_, overrides, lock, issues) => {
  const found = overrideIssues({ overrides }, lock);
  expect(found).toHaveLength(new Set(issues.map(String)).size);
  for (const [at, issue] of found.entries()) expect(issue).toMatch(issues[at] ?? /none/);
});

it('our own are followed', () => {
  const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
  expect(overrideIssues(read('package.json'), read('package-lock.json'))).toEqual([]);
});
