import { query, sql } from '../database/sql.ts';

/** How many resources of a type a sandbox holds. */
export interface TypeCount {
  resourceType: string;
  count: number;
}

/** How many resources of each type a sandbox holds; deleted resources are not counted. */
export function countByType(sandboxId: number): Promise<TypeCount[]> {
  return query(
    sql`SELECT resource_type AS "resourceType", count(*)::int AS count FROM resource
      WHERE sandbox_id = ${sandboxId}::int AND NOT deleted GROUP BY resource_type ORDER BY resource_type`,
  );
}
