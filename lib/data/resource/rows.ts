import type { IndexRow } from '#lib/fhir/index/rows.ts';
import { requireTransaction } from '../database/ambient.ts';
import { compartment } from '../database/compartment.ts';
import { all, execute, name, query, type Sql, sql } from '../database/sql.ts';
import type { ResourceVersion } from './identified.ts';

/**
 * Writes versions with their index rows in one statement: version 1 as a new row, any other over the version before it.
 * The index rows of replaced versions must have been deleted.
 * @returns how many were written; fewer than `versions` when somebody else wrote first.
 */
export async function writeVersions(sandboxId: number, versions: ResourceVersion[]): Promise<number> {
  const [counted] = await query<{ count: number }>(
    sql`WITH wanted AS (${wantedVersions(sandboxId, versions)}),
      written AS (INSERT INTO resource
          (sandbox_id, resource_type, id, version_id, last_updated, digest, content, patients)
        SELECT ${sandboxId}::int, type, id, version_id, last_updated, digest, content, patients FROM wanted
        ON CONFLICT (sandbox_id, resource_type, id) DO UPDATE SET version_id = excluded.version_id,
          last_updated = excluded.last_updated, digest = excluded.digest, content = excluded.content,
          patients = excluded.patients, deleted = false
        WHERE resource.version_id = excluded.version_id - 1
        RETURNING key, resource_type AS type, id),
      keyed AS (SELECT written.key, wanted.type, wanted.version FROM wanted JOIN written USING (type, id))
      ${insertRows(sandboxId, versions)}
      SELECT count(*)::int AS count FROM written`,
  );
  return counted?.count ?? 0;
}

/** A stored resource with the index rows that it should have. */
export interface IndexedResource extends Pick<ResourceVersion, 'resourceType' | 'patients' | 'rows'> {
  key: string;
}

/** Replaces the index rows and compartments of stored resources, without making new versions. */
export async function rewriteIndexRows(sandboxId: number, found: IndexedResource[]): Promise<void> {
  requireTransaction();
  if (found.length === 0) return;
  const keys = found.map(({ key }) => key);
  await dropIndexRows(keys);
  const types = found.map(({ resourceType }) => resourceType);
  const compartments = found.map(({ patients }) => compartmentsText(sandboxId, patients));
  await execute(
    sql`WITH keyed AS (SELECT key, type, patients::text[], version - 1 AS version
        FROM unnest(${keys}::bigint[], ${types}::text[], ${compartments}::text[])
          WITH ORDINALITY AS v(key, type, patients, version))
      ${insertRows(sandboxId, found)}
      UPDATE resource r SET patients = k.patients FROM keyed k WHERE r.key = k.key AND r.patients <> k.patients`,
  );
}

/** The parts of a statement that insert the index rows of `found`; its part `keyed` has the keys of the resources. */
function insertRows(sandboxId: number, found: Pick<ResourceVersion, 'rows'>[]): Sql {
  const rows = found.flatMap((one, version) => one.rows.map((row) => ({ ...row, version })));
  return all(
    [...Map.groupBy(rows, ({ index }) => index)].map(
      ([index, ofIndex]) => sql`, ${name(index)} AS (${insertInto[index](sandboxId, JSON.stringify(ofIndex))})`,
    ),
  );
}

/** Compartments as the text of a PostgreSQL array. */
function compartmentsText(sandboxId: number, patients: string[]): string {
  return `{${patients.map((one) => `"${compartment(sandboxId, one)}"`).join()}}`;
}

function wantedVersions(sandboxId: number, versions: ResourceVersion[]): Sql {
  const column = <Value>(of: (version: ResourceVersion) => Value) => versions.map(of);
  const compartments = column(({ patients }) => compartmentsText(sandboxId, patients));
  return sql`SELECT type, id, version_id, last_updated, digest, content, patients::text[], version - 1 AS version
    FROM unnest(${column(({ resourceType }) => resourceType)}::text[], ${column(({ id }) => id)}::text[],
        ${column(({ versionId }) => versionId)}::int[], ${column(({ lastUpdated }) => lastUpdated)}::timestamptz[],
        ${column(({ digest }) => digest)}::text[], ${column(({ content }) => content)}::text[],
        ${compartments}::text[])
      WITH ORDINALITY AS v(type, id, version_id, last_updated, digest, content, patients, version)`;
}

/** Deletes the index rows of the resources with these keys. */
export async function dropIndexRows(keys: string[]): Promise<void> {
  if (keys.length === 0) return;
  const theirs = sql`WHERE resource_key = ANY(${keys}::bigint[])`;
  await execute(
    sql`WITH tokens AS (DELETE FROM token_index ${theirs}), strings AS (DELETE FROM string_index ${theirs}),
      dates AS (DELETE FROM date_index ${theirs}), quantities AS (DELETE FROM quantity_index ${theirs}),
      positions AS (DELETE FROM position_index ${theirs})
      DELETE FROM reference_index ${theirs}`,
  );
}

/** For each index, the SQL that inserts its rows for the versions in `keyed`, from JSON and without duplicates. */
const insertInto: Record<IndexRow['index'], (sandboxId: number, rows: string) => Sql> = {
  token: (sandboxId, rows) => sql`
    INSERT INTO token_index (resource_key, sandbox_id, resource_type, parameter, system, code)
    SELECT k.key, ${sandboxId}::int, k.type, v.parameter, v.system, v.code
    FROM json_to_recordset(${rows}::text::json) AS v(version int, parameter text, system text, code text)
      JOIN keyed k USING (version)
    ON CONFLICT DO NOTHING`,
  string: (sandboxId, rows) => sql`
    INSERT INTO string_index (resource_key, sandbox_id, resource_type, parameter, value, exact)
    SELECT k.key, ${sandboxId}::int, k.type, v.parameter, v.value, v.exact
    FROM json_to_recordset(${rows}::text::json) AS v(version int, parameter text, value text, exact text)
      JOIN keyed k USING (version)
    ON CONFLICT DO NOTHING`,
  date: (sandboxId, rows) => sql`
    INSERT INTO date_index (resource_key, sandbox_id, resource_type, parameter, low, high)
    SELECT k.key, ${sandboxId}::int, k.type, v.parameter, to_timestamp(v.low / 1000.0), to_timestamp(v.high / 1000.0)
    FROM json_to_recordset(${rows}::text::json) AS v(version int, parameter text, low float8, high float8)
      JOIN keyed k USING (version)
    ON CONFLICT DO NOTHING`,
  quantity: (sandboxId, rows) => sql`
    INSERT INTO quantity_index (resource_key, sandbox_id, resource_type, parameter, low, high, system, code, unit)
    SELECT k.key, ${sandboxId}::int, k.type, v.parameter, v.low, v.high, v.system, v.code, v.unit
    FROM json_to_recordset(${rows}::text::json) AS v(version int, parameter text, low numeric, high numeric,
      system text, code text, unit text)
      JOIN keyed k USING (version)
    ON CONFLICT DO NOTHING`,
  reference: (sandboxId, rows) => sql`
    INSERT INTO reference_index (resource_key, sandbox_id, resource_type, parameter, target_type, target_id)
    SELECT k.key, ${sandboxId}::int, k.type, v.parameter, v."targetType", v."targetId"
    FROM json_to_recordset(${rows}::text::json) AS v(version int, parameter text, "targetType" text, "targetId" text)
      JOIN keyed k USING (version)
    ON CONFLICT DO NOTHING`,
  position: (sandboxId, rows) => sql`
    INSERT INTO position_index (resource_key, sandbox_id, resource_type, parameter, latitude, longitude)
    SELECT k.key, ${sandboxId}::int, k.type, v.parameter, v.latitude, v.longitude
    FROM json_to_recordset(${rows}::text::json) AS v(version int, parameter text, latitude float8, longitude float8)
      JOIN keyed k USING (version)
    ON CONFLICT DO NOTHING`,
};
