import { execute, name, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';

/**
 * Updates the planner's statistics for the resource tables; call it at the end of a large write, inside its transaction
 * or after it. A PostgreSQL server does so by itself some time later, the embedded database never: without it, a search
 * of a few milliseconds took five seconds.
 */
export async function refreshStatistics(): Promise<void> {
  // Table by table: the embedded database does nothing else while it reads one.
  const refresh = async () => {
    for (const table of tables) await execute(sql`ANALYZE ${name(table)}`);
  };
  await inTransaction(refresh, { background: true });
}

const tables = [
  'resource',
  'token_index',
  'string_index',
  'date_index',
  'quantity_index',
  'reference_index',
  'position_index',
] as const;
