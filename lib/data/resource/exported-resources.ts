import { query, sql } from '../database/sql.ts';

/** How many resources of a type a sandbox holds. */
export interface TypeCount {
  resourceType: string;
  count: number;
}

/** What there is to export, by type; deleted resources are not. */
export function countByType(sandboxId: number): Promise<TypeCount[]> {
  return query(
    sql`SELECT resource_type AS "resourceType", count(*)::int AS count FROM resource
      WHERE sandbox_id = ${sandboxId}::int AND NOT deleted GROUP BY resource_type ORDER BY resource_type`,
  );
}

/** Few enough that a page of large resources is some megabytes, enough that the database is asked seldom. */
const pageSize = 500;

/**
 * The resources of a type as JSON text, page by page, in the order in which they came to be: one that is changed
 * meanwhile is there once, one that is made meanwhile may be missing. Memory does not grow with their number.
 */
export async function* exportPages(sandboxId: number, resourceType: string): AsyncGenerator<string[]> {
  let after = '0';
  for (;;) {
    const rows: { key: string; content: string }[] = await query(
      sql`SELECT key::text, content FROM resource
        WHERE sandbox_id = ${sandboxId}::int AND resource_type = ${resourceType} AND key > ${after}::bigint
          AND NOT deleted
        ORDER BY resource.key LIMIT ${pageSize}::int`,
    );
    if (rows.length > 0) yield rows.map(({ content }) => content);
    after = rows.at(-1)?.key ?? after;
    if (rows.length < pageSize) return;
  }
}
