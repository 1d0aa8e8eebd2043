/** Loads generated patients directly into the database, in the form in which the server's code stores them. */
import { Client } from 'pg';
import { identify, nextVersion } from '#lib/data/resource/identified.ts';
import type { IndexRow } from '#lib/fhir/index/rows.ts';
import { type Copy, copyInto } from './copy.ts';
import { recordOf } from './population.ts';

type Field = string | number | boolean | string[];

/** For each index, its own columns and the matching values of a row. */
const indexes: {
  [Index in IndexRow['index']]: [columns: string[], values: (row: IndexRow & { index: Index }) => Field[]];
} = {
  token: [['system', 'code'], ({ system, code }) => [system, code]],
  string: [['value', 'exact'], ({ value, exact }) => [value, exact]],
  date: [['low', 'high'], ({ low, high }) => [new Date(low).toISOString(), new Date(high).toISOString()]],
  quantity: [
    ['low', 'high', 'system', 'code', 'unit'],
    ({ low, high, system, code, unit }) => [low, high, system, code, unit],
  ],
  reference: [['target_type', 'target_id'], ({ targetType, targetId }) => [targetType, targetId]],
  position: [['latitude', 'longitude'], ({ latitude, longitude }) => [latitude, longitude]],
};

const keyColumns = ['resource_key', 'sandbox_id', 'resource_type', 'parameter'];
const resourceColumns = 'key sandbox_id resource_type id version_id last_updated deleted digest content patients'.split(
  ' ',
);

/** Loads patients `from` up to but excluding `to`; returns the number of resources. */
export async function loadPatients(url: string, sandboxId: number, from: number, to: number): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const rebuild = to - from > 10_000 ? await dropIndexes(client) : [];
  const { rows } = await client.query<{ key: string }>('SELECT coalesce(max(key), 0) AS key FROM resource');
  const first = Number(rows[0]?.key) + 1;
  const last = await copyAll(url, sandboxId, first, [from, to]);
  await client.query(`SELECT setval(pg_get_serial_sequence('resource', 'key'), ${last})`);
  await client.query("SET maintenance_work_mem = '1GB'");
  for (const definition of rebuild) await client.query(definition);
  await client.query('VACUUM ANALYZE');
  await client.end();
  return last - first + 1;
}

/**
 * Drops the indexes that enforce no constraint, as rebuilding is faster than maintaining them; returns the statements
 * that restore them.
 */
async function dropIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
      FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      WHERE c.relname = ANY($1) AND NOT i.indisunique`,
    [['resource', ...Object.keys(indexes).map((index) => `${index}_index`)]],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => definition);
}

/** @returns key of the last resource */
async function copyAll(url: string, sandboxId: number, first: number, [from, to]: [number, number]): Promise<number> {
  const resources = await copyInto(url, 'resource', resourceColumns);
  const copies = new Map<string, Copy>();
  for (const [index, [columns]] of Object.entries(indexes)) {
    copies.set(index, await copyInto(url, `${index}_index`, [...keyColumns, ...columns]));
  }
  let key = first - 1;
  for (let number = from; number < to; number += 1) {
    for (const resource of recordOf(number)) {
      key += 1;
      const { rows, ...version } = await nextVersion(identify(resource), 0, storedAt(number));
      const { resourceType: type, id, lastUpdated, digest, content } = version;
      const patients = version.patients.map((patient) => `${sandboxId}/${patient}`);
      resources.add([key, sandboxId, type, id, 1, lastUpdated, false, digest, content, patients]);
      for (const row of distinct(rows)) {
        const values = indexes[row.index][1] as (row: IndexRow) => Field[];
        copies.get(row.index)?.add([key, sandboxId, type, row.parameter, ...values(row)]);
      }
    }
    await Promise.all([resources, ...copies.values()].map((copy) => copy.flush()));
  }
  await Promise.all([resources, ...copies.values()].map((copy) => copy.end()));
  return key;
}

/** Removes duplicate rows: the indexes store each row of a resource once. */
function distinct(rows: IndexRow[]): IndexRow[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

/** Time at which a patient counts as stored: ten a minute from the start of 2026. */
function storedAt(number: number): Date {
  return new Date(Date.UTC(2026, 0, 1) + number * 6000);
}
