import { execute, sql } from '../database/sql.ts';

/**
 * Tells the planner what the resource tables hold now. A PostgreSQL server learns it by itself some time later, the
 * embedded database never: without it, a search of a few milliseconds was seen to take five seconds.
 * Belongs at the end of a large write, inside its transaction or after it.
 */
export async function refreshStatistics(): Promise<void> {
  const tables = sql`resource, token_index, string_index, date_index, quantity_index, reference_index, position_index`;
  await execute(sql`ANALYZE ${tables}`);
}
