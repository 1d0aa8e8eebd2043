import { randomUUID } from 'node:crypto';
import { beforeAll, expect, inject, it, vi } from 'vitest';
import { log } from '#lib/log/log.ts';
import { database } from './database.ts';
import { makeFallible, whileFailing } from './tests/failing-database.ts';
import { inTransaction } from './transaction.ts';

beforeAll(() => {
  makeFallible();
  for (const method of ['error', 'info'] as const) vi.spyOn(log, method).mockImplementation(() => {});
});

const broken = (code: string, syscall?: string) => () => Object.assign(new Error('failed'), { code, syscall });

// The embedded database keeps a transaction without a statement that could fail here.
it.runIf(inject('database').kind === 'postgres').each<[what: string, fault: () => Error, isUnknown: boolean]>([
  ['the connection broke', broken('ECONNRESET', 'read'), true],
  ['the network went', broken('EHOSTUNREACH', 'read'), true],
  ['the network no longer answered', broken('ETIMEDOUT', 'read'), true],
  ['no answer came', () => new Error('Query read timeout'), true],
  ['the server ended it', broken('57014'), false],
])(
  'a transaction whose COMMIT failed says whether that is its end, and is not run again: %s',
  async (_, fault, isUnknown) => {
    let runs = 0;
    const name = randomUUID();
    // BEGIN, the statement, COMMIT.
    const { result } = await whileFailing({ from: 3, fault }, () =>
      inTransaction(async () => {
        runs += 1;
        await database().secret.create({ data: { name, value: '' }, select: { name: true } });
      }).catch((error) => error),
    );
    expect(result).toMatchObject({ status: 503 });
    expect([runs, result.message.includes('See whether it was')]).toEqual([1, isUnknown]);
  },
);
