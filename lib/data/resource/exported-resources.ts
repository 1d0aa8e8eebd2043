import { query, sql } from '../database/sql.ts';

/**
 * Small enough that a page of large resources takes a few megabytes, large enough to keep the number of queries low.
 */
const pageSize = 500;

/**
 * The resources of a type as JSON text, page by page, in the order in which they were created. A resource that is
 * changed during the export appears once; one that is created during it may be missing. Memory does not grow with their
 * number.
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
