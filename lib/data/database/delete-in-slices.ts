import { inSlices } from './in-slices.ts';
import { execute, type Sql, sql } from './sql.ts';

/** Deletes the rows of a table for which `where` holds, slice by slice, but for those that somebody else holds just now. */
export function deleteInSlices(table: Sql, where: Sql): Promise<void> {
  return inSlices((max) =>
    execute(sql`DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM ${table} WHERE ${where} LIMIT ${max}::int FOR UPDATE SKIP LOCKED))`),
  );
}
