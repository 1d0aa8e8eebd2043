import { setTimeout } from 'node:timers/promises';
import { type AmbientTransaction, currentTransaction, within } from './ambient.ts';
import { isTransactionConflict, TransactionConflict } from './conflict.ts';
import { connection } from './database.ts';

/** A day: loading a sandbox is as long as its data is large. */
const maxMilliseconds = 24 * 60 * 60 * 1000;

/** After so many deadlocks in a row the caller is told: each has kept it waiting for a second. */
const maxAttempts = 4;

/** The first pause is at most so long, each further one twice as long as the one before. */
const maxFirstPause = 25;

export interface TransactionOptions {
  /** False for work that cannot be done a second time, since it consumes a stream, or should not, since it is long. */
  repeatable?: boolean;
}

/**
 * Does `work` in one transaction: `database()`, `query`, `lookUp` and `execute` take part in it wherever they are called
 * on its behalf, and what it throws undoes everything that it wrote. Within a transaction, `work` becomes part of that
 * one. When the database ends the transaction because of another one, `work` is done again, a few times at most.
 * @throws TransactionConflict, a FhirError 409, when the database has ended it each time.
 */
export async function inTransaction<T>(
  work: () => Promise<T>,
  { repeatable = true }: TransactionOptions = {},
): Promise<T> {
  return currentTransaction() ? work() : tried(work, repeatable ? maxAttempts : 1, maxFirstPause);
}

async function tried<T>(work: () => Promise<T>, attempts: number, maxPause: number): Promise<T> {
  try {
    return await once(work);
  } catch (thrown) {
    if (!isTransactionConflict(thrown)) throw thrown;
    if (attempts === 1) throw new TransactionConflict(thrown);
  }
  // Two that were in each other's way should not meet again.
  await setTimeout(Math.random() * maxPause);
  return tried(work, attempts - 1, 2 * maxPause);
}

function once<T>(work: () => Promise<T>): Promise<T> {
  return connection().prisma.$transaction(
    async (client) => {
      const ambient: AmbientTransaction = { client, state: 'open' };
      try {
        const result = await within(ambient, work);
        ambient.state = 'ended';
        return result;
      } catch (thrown) {
        ambient.state = 'undone';
        throw thrown;
      }
    },
    { timeout: maxMilliseconds },
  );
}
