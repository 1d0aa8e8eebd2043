import { indexVersion } from '#lib/fhir/index/version.ts';
import { execute, query, sql } from '../database/sql.ts';

/** The ids and slugs of the sandboxes whose index rows are from an earlier release, in whole or in part. */
export function sandboxesToReindex(version = indexVersion): Promise<{ id: number; slug: string }[]> {
  return query(
    sql`SELECT s.id, s.slug FROM sandbox s LEFT JOIN index_state i ON i.sandbox_id = s.id
      WHERE i.version IS DISTINCT FROM ${version}::int OR i.cursor < i.until ORDER BY s.id`,
  );
}

/** Begins or continues to index a sandbox for `version`; another version than before begins at the first resource. */
export async function beginIndexing(sandboxId: number, version: number): Promise<void> {
  await execute(
    sql`INSERT INTO index_state AS i (sandbox_id, version, cursor, until)
      SELECT s.id, ${version}::int, 0, (SELECT coalesce(max(key), 0) FROM resource r WHERE r.sandbox_id = s.id)
      FROM sandbox s WHERE s.id = ${sandboxId}::int
      ON CONFLICT (sandbox_id) DO UPDATE SET version = excluded.version, cursor = 0, until = excluded.until
      WHERE i.version <> excluded.version`,
  );
}

/** How many resources of a sandbox are not indexed again yet. */
export async function countLeft(sandboxId: number): Promise<number> {
  const [counted] = await query<{ total: number }>(
    sql`SELECT count(*)::int AS total FROM resource r JOIN index_state i USING (sandbox_id)
      WHERE r.sandbox_id = ${sandboxId}::int AND r.key > i.cursor AND r.key <= i.until`,
  );
  return counted?.total ?? 0;
}

/** Records that a new, empty sandbox needs no indexing again. */
export async function noteIndexed(sandboxId: number): Promise<void> {
  await execute(
    sql`INSERT INTO index_state (sandbox_id, version, cursor, until)
      VALUES (${sandboxId}::int, ${indexVersion}::int, 0, 0) ON CONFLICT DO NOTHING`,
  );
}
