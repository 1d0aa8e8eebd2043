import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { StatementError } from './statement-error.ts';
import { busyOf } from './trouble/busy.ts';
import { isTransactionConflict } from './trouble/conflict.ts';

const here = 'lib/data/database/transaction';

it('is begun nowhere else: a second way would not be joined, retried or undone with the first', () => {
  const sources = globSync('{app,components,lib,prisma,scripts}/**/*.{ts,tsx,mjs}', {
    exclude: ['prisma/generated/**'],
  });
  expect(sources).toContain(`${here}.ts`);
  const beginning = sources.filter((file) => /\$transaction\s*[<(]/.test(readFileSync(file, 'utf8')));
  expect(beginning).toEqual([`${here}.ts`]);
});

const withCode = (message: string, code?: string) => Object.assign(new Error(message), code ? { code } : {});

it.each<[what: string, thrown: unknown, expected: boolean]>([
  ['a deadlock in a model of Prisma', withCode('write conflict or a deadlock', 'P2034'), true],
  ['a deadlock in a raw query of Prisma', withCode('Raw query failed. Code: `40P01`.', 'P2010'), true],
  ['a serialization failure in a raw query', withCode('Raw query failed. Code: `40001`.', 'P2010'), true],
  ['a deadlock as a driver tells it', withCode('deadlock detected', '40P01'), true],
  ['a serialization failure of a statement of ours', new StatementError('could not serialize', '40001'), true],
  ['a row that is there already', withCode('Unique constraint failed', 'P2002'), false],
  ['another raw query that failed', withCode('Raw query failed. Code: `22P02`.', 'P2010'), false],
  ['a text that happens to have the number', new Error('Patient/40P01 is unknown'), false],
  ['a conflict that was already reported', busyOf(withCode('write conflict', 'P2034')), false],
  ['something that is no error', '40P01', false],
])('may be tried again or not: %s', (_, thrown, expected) => {
  expect(isTransactionConflict(thrown)).toBe(expected);
});
