import type { Resource } from 'fhir/r4';
import { loadDefinitions } from '#lib/fhir/definition/definitions.ts';
import { patientsOf } from '#lib/fhir/index/patient-compartment.ts';
import { indexValuesOf } from '#lib/fhir/index/values.ts';
import { indexVersion } from '#lib/fhir/index/version.ts';
import { execute, query, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { beginIndexing, countLeft } from './index-state.ts';
import { type IndexedResource, rewriteIndexRows } from './rows.ts';

/** Small enough that a write which has to wait for a batch waits for a fraction of a second. */
const batchSize = 200;

/** Called after each batch: how many resources are done, of how many at the start. */
export type Progress = (done: number, total: number) => void;

/**
 * Works out the index rows and compartments of every resource of a sandbox again, batch by batch. Its progress is
 * stored in the database, so that interrupted work continues and several processes can share it. Readers see either the
 * old rows of a resource or the new ones.
 */
export async function reindexSandbox(sandboxId: number, onProgress?: Progress, version = indexVersion): Promise<void> {
  loadDefinitions();
  await beginIndexing(sandboxId, version);
  const total = await countLeft(sandboxId);
  let done = 0;
  for (let size = batchSize; ; ) {
    const batch = await inTransaction(() => reindexBatch(sandboxId, version, size));
    if (batch === undefined) return;
    done += batch;
    // Somebody is writing the next resources: wait for a single one, without holding any other.
    size = batch === 0 ? 1 : batchSize;
    onProgress?.(Math.min(done, total), total);
  }
}

interface StoredContent {
  key: string;
  content: string;
  deleted: boolean;
}

/** Indexes the next resources in the order of their keys. Returns how many, or undefined when there are none left. */
async function reindexBatch(sandboxId: number, version: number, size: number): Promise<number | undefined> {
  const keys = await nextKeys(sandboxId, version, size);
  const last = keys.at(-1);
  if (last === undefined) return undefined;
  // Only a single resource is waited for: with several, we would hold the others while waiting for one being written.
  const passing = size === 1 ? sql`` : sql`SKIP LOCKED`;
  const stored = await query<StoredContent>(
    sql`SELECT r.key::text, r.content, r.deleted FROM resource r WHERE r.key = ANY(${keys}::bigint[]) ORDER BY r.key
      FOR UPDATE ${passing}`,
  );
  const missing = size === 1 ? -1 : keys.findIndex((key, index) => stored[index]?.key !== key);
  const reached = missing < 0 ? stored : stored.slice(0, missing);
  await rewriteIndexRows(sandboxId, reached.flatMap(indexed));
  const cursor = missing < 0 ? last : reached.at(-1)?.key;
  if (cursor === undefined) return 0;
  await execute(sql`UPDATE index_state SET cursor = ${cursor}::bigint WHERE sandbox_id = ${sandboxId}::int`);
  return missing < 0 ? keys.length : reached.length;
}

/** The next keys to index. Until the transaction ends, no other process can take any. */
async function nextKeys(sandboxId: number, version: number, size: number): Promise<string[]> {
  const [state] = await query<{ cursor: string; until: string }>(
    sql`SELECT cursor::text, until::text FROM index_state
      WHERE sandbox_id = ${sandboxId}::int AND version = ${version}::int FOR UPDATE`,
  );
  if (!state) return [];
  const rows = await query<{ key: string }>(
    sql`SELECT r.key::text FROM resource r WHERE r.sandbox_id = ${sandboxId}::int AND r.key > ${state.cursor}::bigint
        AND r.key <= ${state.until}::bigint
      ORDER BY r.key LIMIT ${size}::int`,
  );
  if (rows.length === 0) {
    await execute(sql`UPDATE index_state SET cursor = until WHERE sandbox_id = ${sandboxId}::int`);
  }
  return rows.map(({ key }) => key);
}

function indexed({ key, content, deleted }: StoredContent): IndexedResource[] {
  if (deleted) return [];
  const resource = JSON.parse(content) as Resource;
  const rows = indexValuesOf(resource);
  return [{ key, resourceType: resource.resourceType, patients: patientsOf(resource, rows), rows }];
}
