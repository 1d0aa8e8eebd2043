import { setTimeout } from 'node:timers/promises';
import { type AmbientTransaction, currentTransaction, within } from './ambient.ts';
import { isTransactionConflict, TransactionConflict } from './conflict.ts';
import { connection } from './database.ts';

/** A day, because loading a large sandbox takes long. */
const maxMilliseconds = 24 * 60 * 60 * 1000;

/** How many tries end in a deadlock before the caller gets an error: each keeps it waiting for about a second. */
const maxAttempts = 4;

/** The longest first pause, in milliseconds; the limit doubles with each further one. */
const maxFirstPause = 25;

export interface TransactionOptions {
  /** False for work that must not be run again, because it consumes a stream or takes long. */
  repeatable?: boolean;
}

/**
 * Runs `work` in one transaction, or in the open one if there is one. Every `database()`, `query`, `lookUp` and
 * `execute` that `work` calls, however deep, takes part in it, and an error rolls all of it back. When the database
 * ends the transaction because of another one, `work` is run again, a few times at most.
 * @throws TransactionConflict, a FhirError 409, when the database has ended it on every try.
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
  // A random pause, so that two transactions that met do not meet again.
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
