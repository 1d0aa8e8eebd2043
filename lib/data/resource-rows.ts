import type { IndexRow } from '#lib/fhir/index-rows.ts';
import type { ResourceVersion } from './resource-write.ts';
import { type Executor, execute, query, type Sql, sql } from './sql.ts';

/** The key of a stored resource, as text: it is wider than a JavaScript number. */
interface StoredKey {
  key: string;
  resource_type: string;
  id: string;
}

/**
 * Writes versions over those one below them, new ones as new rows, in one statement.
 * @returns the keys of those written; fewer than `versions` when another writer came first.
 */
export function writeVersions(
  executor: Executor,
  sandboxId: number,
  versions: ResourceVersion[],
): Promise<StoredKey[]> {
  const rows = JSON.stringify(
    versions.map(({ rows: _, patients, ...version }) => ({
      ...version,
      patients: patients.map((patient) => compartment(sandboxId, patient)),
    })),
  );
  return query(
    sql`INSERT INTO resource (sandbox_id, resource_type, id, version_id, last_updated, digest, content, patients)
      SELECT ${sandboxId}::int, v."resourceType", v.id, v."versionId", v."lastUpdated", v.digest, v.content, v.patients
      FROM json_to_recordset(${rows}::text::json) AS v("resourceType" text, id text, "versionId" int,
        "lastUpdated" timestamptz, digest text, content text, patients text[])
      ON CONFLICT (sandbox_id, resource_type, id) DO UPDATE SET version_id = excluded.version_id,
        last_updated = excluded.last_updated, digest = excluded.digest, content = excluded.content,
        patients = excluded.patients, deleted = false
      WHERE resource.version_id = excluded.version_id - 1
      RETURNING key::text, resource_type, id`,
    executor,
  );
}

/** How a patient's compartment is named in `resource.patients`. */
export function compartment(sandboxId: number, patient: string): string {
  return `${sandboxId}/${patient}`;
}

/** Forgets what the resources with these keys could be found by. */
export async function dropIndexRows(executor: Executor, keys: string[]): Promise<void> {
  if (keys.length === 0) return;
  await execute(sql`DELETE FROM token_index WHERE resource_key = ANY(${keys}::bigint[])`, executor);
  await execute(sql`DELETE FROM string_index WHERE resource_key = ANY(${keys}::bigint[])`, executor);
  await execute(sql`DELETE FROM date_index WHERE resource_key = ANY(${keys}::bigint[])`, executor);
  await execute(sql`DELETE FROM quantity_index WHERE resource_key = ANY(${keys}::bigint[])`, executor);
  await execute(sql`DELETE FROM reference_index WHERE resource_key = ANY(${keys}::bigint[])`, executor);
}

/** An index row with the resource it leads to. */
export type KeyedRow = IndexRow & { key: string; type: string };

/** For each index, the statement that inserts its rows, given as JSON, once each. */
const inserts: Record<IndexRow['index'], (sandboxId: number, rows: string) => Sql> = {
  token: (sandboxId, rows) => sql`
    INSERT INTO token_index (resource_key, sandbox_id, resource_type, parameter, system, code)
    SELECT v.key, ${sandboxId}::int, v.type, v.parameter, v.system, v.code
    FROM json_to_recordset(${rows}::text::json) AS v(key bigint, type text, parameter text, system text, code text)
    ON CONFLICT DO NOTHING`,
  string: (sandboxId, rows) => sql`
    INSERT INTO string_index (resource_key, sandbox_id, resource_type, parameter, value, exact)
    SELECT v.key, ${sandboxId}::int, v.type, v.parameter, v.value, v.exact
    FROM json_to_recordset(${rows}::text::json) AS v(key bigint, type text, parameter text, value text, exact text)
    ON CONFLICT DO NOTHING`,
  date: (sandboxId, rows) => sql`
    INSERT INTO date_index (resource_key, sandbox_id, resource_type, parameter, low, high)
    SELECT v.key, ${sandboxId}::int, v.type, v.parameter, to_timestamp(v.low / 1000.0), to_timestamp(v.high / 1000.0)
    FROM json_to_recordset(${rows}::text::json) AS v(key bigint, type text, parameter text, low float8, high float8)
    ON CONFLICT DO NOTHING`,
  quantity: (sandboxId, rows) => sql`
    INSERT INTO quantity_index (resource_key, sandbox_id, resource_type, parameter, low, high, system, code, unit)
    SELECT v.key, ${sandboxId}::int, v.type, v.parameter, v.low, v.high, v.system, v.code, v.unit
    FROM json_to_recordset(${rows}::text::json) AS v(key bigint, type text, parameter text, low numeric, high numeric,
      system text, code text, unit text)
    ON CONFLICT DO NOTHING`,
  reference: (sandboxId, rows) => sql`
    INSERT INTO reference_index (resource_key, sandbox_id, resource_type, parameter, target_type, target_id)
    SELECT v.key, ${sandboxId}::int, v.type, v.parameter, v."targetType", v."targetId"
    FROM json_to_recordset(${rows}::text::json) AS v(key bigint, type text, parameter text, "targetType" text,
      "targetId" text)
    ON CONFLICT DO NOTHING`,
};

/** Writes what resources can be found by: one statement for each index that gets any rows. */
export async function writeIndexRows(executor: Executor, sandboxId: number, rows: KeyedRow[]): Promise<void> {
  for (const [index, ofIndex] of Map.groupBy(rows, (row) => row.index)) {
    await execute(inserts[index](sandboxId, JSON.stringify(ofIndex)), executor);
  }
}
