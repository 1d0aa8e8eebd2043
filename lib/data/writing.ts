import { versionConflict } from './resource-write.ts';
import { type Executor, partOf } from './sql.ts';
import { inTransaction } from './transaction.ts';

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

/** @see https://www.prisma.io/docs/orm/reference/error-reference#p2034 */
function isDeadlock(thrown: unknown): boolean {
  const { code, meta } = thrown as { code?: unknown; meta?: { code?: unknown } };
  return code === 'P2034' || (code === 'P2010' && (meta?.code === '40P01' || meta?.code === '40001'));
}
