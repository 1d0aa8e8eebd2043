import { execute, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';

/**
 * Updates the planner's statistics for the resource tables; call it at the end of a large write, inside its transaction
 * or after it. A PostgreSQL server does so by itself some time later, the embedded database never: without it, a search
 * of a few milliseconds took five seconds.
 */
export async function refreshStatistics(): Promise<void> {
  const tables = sql`resource, token_index, string_index, date_index, quantity_index, reference_index, position_index`;
  await inTransaction(() => execute(sql`ANALYZE ${tables}`), { background: true });
}
