import { describe, expect, it } from 'vitest';
import type { Migration } from './files.ts';
import type { LedgerRow } from './ledger.ts';
import { planOf } from './plan.ts';

const migration = (name: string): Migration => ({
  name,
  script: '',
  checksum: `sum of ${name}`,
  checksums: [`sum of ${name}`, `sum of ${name} on Windows`],
  rewrites: undefined,
});
const migrations = ['1_first', '2_second', '3_third'].map(migration);

const row = (name: string, given: Partial<LedgerRow> = {}): LedgerRow => ({
  name,
  checksum: `sum of ${name}`,
  finished: true,
  undone: false,
  ...given,
});

describe('planOf', () => {
  it.each<[what: string, rows: LedgerRow[], plan: object]>([
    ['a new database', [], { next: '1_first', begunBefore: false, hasAny: false, changed: [] }],
    ['one that has some', [row('1_first')], { next: '2_second', begunBefore: false, hasAny: true, changed: [] }],
    [
      'one that has a later one only',
      [row('1_first'), row('3_third')],
      { next: '2_second', begunBefore: false, hasAny: true, changed: [] },
    ],
    [
      'one that has all',
      migrations.map(({ name }) => row(name)),
      { next: undefined, begunBefore: false, hasAny: true, changed: [] },
    ],
    [
      'one that broke off',
      [row('1_first'), row('2_second', { finished: false })],
      { next: '2_second', begunBefore: true, hasAny: true, changed: [] },
    ],
    [
      'one that broke off and was taken back',
      [row('1_first'), row('2_second', { finished: false, undone: true })],
      { next: '2_second', begunBefore: false, hasAny: true, changed: [] },
    ],
    [
      'one that was taken back and applied later',
      [row('1_first', { finished: false, undone: true }), row('1_first')],
      { next: '2_second', begunBefore: false, hasAny: true, changed: [] },
    ],
    [
      'one that was applied from another file',
      [row('1_first', { checksum: 'another' }), row('2_second', { checksum: 'sum of 2_second on Windows' })],
      { next: '3_third', begunBefore: false, hasAny: true, changed: ['1_first'] },
    ],
  ])('%s', (_, rows, plan) => {
    const { next, ...rest } = planOf(migrations, rows);
    expect({ next: next?.name, ...rest }).toEqual(plan);
  });

  it.each([
    ['applied', row('4_fourth')],
    ['begun', row('4_fourth', { finished: false })],
  ])('refuses a database in which a newer release has %s a migration', (_, unknown) => {
    expect(() => planOf(migrations, [row('1_first'), unknown])).toThrow(
      'this release goes up to migration 3_third, and the database has 4_fourth. Start that release, or',
    );
  });

  it('says nothing about unknown ones that were taken back', () => {
    expect(planOf(migrations, [row('4_fourth', { undone: true })]).next?.name).toBe('1_first');
  });
});
