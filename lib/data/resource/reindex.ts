import type { Resource } from 'fhir/r4';
import { loadDefinitions } from '#lib/fhir/definition/definitions.ts';
import { patientsOf } from '#lib/fhir/index/patient-compartment.ts';
import type { IndexRow } from '#lib/fhir/index/rows.ts';
import { indexRowsIn } from '#lib/fhir/index/values.ts';
import { indexVersion } from '#lib/fhir/index/version.ts';
import { backgroundTurns } from '#lib/work/background.ts';
import { stopWhenEnding } from '#lib/work/ending.ts';
import { eachInTurns, inTurns } from '#lib/work/in-turns.ts';
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
 * old rows of a resource or the new ones. Other work in the background has its turn after each batch.
 */
export function reindexSandbox(sandboxId: number, onProgress?: Progress, version = indexVersion): Promise<void> {
  loadDefinitions();
  const lane = `sandbox ${sandboxId}`;
  return backgroundTurns.run(lane, async () => {
    stopWhenEnding();
    await beginIndexing(sandboxId, version);
    const total = await countLeft(sandboxId);
    let done = 0;
    for await (const reached of batchesOf(sandboxId, version)) {
      done += reached;
      onProgress?.(Math.min(done, total), total);
      await backgroundTurns.pass(lane);
    }
  });
}

/** Indexes batch by batch until none is left; yields how many resources each one brought in line. */
async function* batchesOf(sandboxId: number, version: number): AsyncGenerator<number> {
  for (let size = batchSize; ; ) {
    const batch = await nextBatch(sandboxId, version, size);
    if (!batch) return;
    const reached = await inTransaction(() => rewriteBatch(sandboxId, version, batch), { background: true });
    // Somebody is writing the next resources: wait for a single one, without holding any other.
    size = reached === 0 ? 1 : batchSize;
    yield reached ?? 0;
  }
}

interface StoredContent {
  key: string;
  versionId: number;
  content: string;
  deleted: boolean;
}

/** The next resources in the order of their keys with their index rows, worked out while nothing is locked. */
interface Batch {
  cursor: string;
  stored: StoredContent[];
  indexed: IndexedResource[];
}

/** Reads and indexes the next resources; undefined when there are none left. */
async function nextBatch(sandboxId: number, version: number, size: number): Promise<Batch | undefined> {
  const [state] = await query<{ cursor: string; until: string }>(
    sql`SELECT cursor::text, until::text FROM index_state
      WHERE sandbox_id = ${sandboxId}::int AND version = ${version}::int`,
  );
  if (!state) return undefined;
  const stored = await query<StoredContent>(
    sql`SELECT r.key::text, r.version_id AS "versionId", r.content, r.deleted FROM resource r
      WHERE r.sandbox_id = ${sandboxId}::int AND r.key > ${state.cursor}::bigint AND r.key <= ${state.until}::bigint
      ORDER BY r.key LIMIT ${size}::int`,
  );
  if (stored.length === 0) {
    await execute(
      sql`UPDATE index_state SET cursor = until
        WHERE sandbox_id = ${sandboxId}::int AND version = ${version}::int AND cursor = ${state.cursor}::bigint`,
    );
    return undefined;
  }
  const indexed: IndexedResource[] = [];
  for await (const one of inTurns(stored)) indexed.push(...(await indexedOf(one)));
  return { cursor: state.cursor, stored, indexed };
}

/**
 * Writes the index rows of a batch up to the first resource that somebody is writing or has written since.
 * @returns how many resources are done; undefined when another process has done the batch
 */
async function rewriteBatch(sandboxId: number, version: number, batch: Batch): Promise<number | undefined> {
  const { cursor, stored, indexed } = batch;
  // Until the transaction ends, no other process can do the same batch.
  const [held] = await query(
    sql`SELECT 1 FROM index_state WHERE sandbox_id = ${sandboxId}::int AND version = ${version}::int
      AND cursor = ${cursor}::bigint FOR UPDATE`,
  );
  if (!held) return undefined;
  const unchanged = await lockUnchanged(stored);
  const missing = stored.findIndex(({ key }) => !unchanged.has(key));
  const reached = missing < 0 ? stored.length : missing;
  const last = stored[reached - 1];
  if (!last) return 0;
  const keys = new Set(stored.slice(0, reached).map(({ key }) => key));
  await rewriteIndexRows(
    sandboxId,
    indexed.filter(({ key }) => keys.has(key)),
  );
  await execute(sql`UPDATE index_state SET cursor = ${last.key}::bigint WHERE sandbox_id = ${sandboxId}::int`);
  return reached;
}

/** Locks those of the resources that still have the version that was read. */
async function lockUnchanged(stored: StoredContent[]): Promise<Set<string>> {
  // Only a single resource is waited for: with several, we would hold the others while waiting for one being written.
  const passing = stored.length === 1 ? sql`` : sql`SKIP LOCKED`;
  const keys = stored.map(({ key }) => key);
  const locked = await query<{ key: string; versionId: number }>(
    sql`SELECT r.key::text, r.version_id AS "versionId" FROM resource r WHERE r.key = ANY(${keys}::bigint[])
      ORDER BY r.key FOR UPDATE ${passing}`,
  );
  const versions = new Map(locked.map(({ key, versionId }) => [key, versionId]));
  return new Set(stored.filter(({ key, versionId }) => versions.get(key) === versionId).map(({ key }) => key));
}

async function indexedOf({ key, content, deleted }: StoredContent): Promise<IndexedResource[]> {
  if (deleted) return [];
  const resource = JSON.parse(content) as Resource;
  const rows: IndexRow[] = [];
  await eachInTurns(indexRowsIn(resource), (found) => {
    for (const row of found) rows.push(row);
  });
  return [{ key, resourceType: resource.resourceType, patients: patientsOf(resource, rows), rows }];
}
