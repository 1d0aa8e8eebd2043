import { type Executor, partOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { versionConflict } from './write.ts';

/**
 * Does `work` in one transaction, reads included: they see what was written. What it throws undoes everything.
 * @throws FhirError 409 when the database ends the transaction, since another one waits for what this one holds.
 */
export async function inWriting<T>(work: (executor: Executor) => Promise<T>): Promise<T> {
  try {
    return await inTransaction((executor) => partOf(executor, () => work(executor)));
  } catch (thrown) {
    throw isDeadlock(thrown) ? versionConflict() : thrown;
  }
}

/**
 * Raw queries tell the database's code in their message alone.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
function isDeadlock(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  return ('code' in thrown && thrown.code === 'P2034') || /\bCode: `(40P01|40001)`/.test(thrown.message);
}
