import type { Resource } from 'fhir/r4';
import { loadDefinitions } from '#lib/fhir/definition/definitions.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { currentTransaction } from '../database/ambient.ts';
import { lookUp, query, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { withinReachOrDeleted } from '../search/reach.ts';
import { noteTouched } from '../touched.ts';
import { type IdentifiedResource, identify } from './identified.ts';
import { refreshStatistics } from './statistics.ts';
import { storeVersions } from './versions.ts';

/** How many resources travel in one statement: a few megabytes at most, so that memory stays flat. */
const chunkSize = 400;

/** What became of the resources that were put. */
export interface PutCounts {
  created: number;
  updated: number;
  unchanged: number;
}

/**
 * Creates or updates resources under their own ids, with everything they can be found by, all or nothing. What is
 * stored already with the same content makes no new version; of two with one id in `resources`, the last counts.
 * Resources are expected to be valid R4. A larger transaction that this is part of ends with `refreshStatistics` if it
 * writes much.
 * @throws FhirError 400 for an unknown type or an ill-formed id, 409 when another writer came between.
 */
export async function putResources(
  sandboxId: number,
  resources: Resource[],
  { now = new Date() }: { now?: Date } = {},
): Promise<PutCounts> {
  if (currentTransaction()) return putAll(sandboxId, resources, now);
  return inTransaction(async () => {
    const counts = await putAll(sandboxId, resources, now);
    if (counts.created + counts.updated >= chunkSize) await refreshStatistics();
    return counts;
  });
}

async function putAll(sandboxId: number, resources: Resource[], now: Date): Promise<PutCounts> {
  loadDefinitions();
  const counts: PutCounts = { created: 0, updated: 0, unchanged: 0 };
  for (let start = 0; start < resources.length; start += chunkSize) {
    const chunk = resources.slice(start, start + chunkSize).map(identify);
    await putChunk(sandboxId, chunk, { now, counts });
  }
  return counts;
}

/** Puts resources that have been identified, and perhaps indexed, beforehand, as part of the transaction at hand. */
export async function putIdentified(sandboxId: number, resources: IdentifiedResource[], now: Date): Promise<PutCounts> {
  const counts: PutCounts = { created: 0, updated: 0, unchanged: 0 };
  for (let start = 0; start < resources.length; start += chunkSize) {
    await putChunk(sandboxId, resources.slice(start, start + chunkSize), { now, counts });
  }
  return counts;
}

interface CurrentVersion {
  key: string;
  name: string;
  version_id: number;
  digest: string;
  deleted: boolean;
}

async function putChunk(
  sandboxId: number,
  resources: IdentifiedResource[],
  { now, counts }: { now: Date; counts: PutCounts },
): Promise<void> {
  const wanted = [...new Map(resources.map((one) => [one.name, one])).values()];
  const current = await lockCurrent(sandboxId, wanted);
  const changed = wanted.filter(({ name, digest }) => {
    const found = current.get(name);
    return !found || found.deleted || found.digest !== digest;
  });
  counts.unchanged += resources.length - changed.length;
  if (changed.length === 0) return;
  const { replaced } = await storeVersions(sandboxId, changed, { current, now });
  counts.updated += replaced;
  counts.created += changed.length - replaced;
}

/** The stored versions of `wanted`, kept from other writers until the transaction ends. */
async function lockCurrent(sandboxId: number, wanted: IdentifiedResource[]): Promise<Map<string, CurrentVersion>> {
  const types = wanted.map(({ resource }) => resource.resourceType);
  const ids = wanted.map(({ resource }) => resource.id);
  const rows = await query<CurrentVersion>(
    sql`SELECT r.key::text, r.resource_type || '/' || r.id AS name, r.version_id, r.digest, r.deleted
      FROM resource r JOIN unnest(${types}::text[], ${ids}::text[]) AS w(resource_type, id)
        ON r.resource_type = w.resource_type AND r.id = w.id
      WHERE r.sandbox_id = ${sandboxId}::int
      ORDER BY r.key FOR UPDATE OF r`,
  );
  return new Map(rows.map((row) => [row.name, row]));
}

/** A stored resource as JSON text, with what its HTTP answer needs to know. */
export interface StoredResource {
  /** Empty when this version is the deletion. */
  content: string;
  deleted: boolean;
  versionId: number;
  lastUpdated: Date;
}

/** The current version of a resource, when it exists and `reader` reaches it for reading. */
export async function readResource(
  reader: Reader,
  resourceType: string,
  id: string,
): Promise<StoredResource | undefined> {
  const found = await readCurrent(reader, resourceType, id);
  return found?.deleted ? undefined : found;
}

/** The same, or the deletion of a resource that was within reach. */
export async function readCurrent(
  { sandboxId, permission }: Reader,
  resourceType: string,
  id: string,
): Promise<StoredResource | undefined> {
  const [row] = await lookUp<StoredResource & { patients: string[] }>(
    sql`SELECT r.content, r.deleted, r.version_id AS "versionId", r.last_updated AS "lastUpdated", r.patients
      FROM resource r
      WHERE r.sandbox_id = ${sandboxId}::int AND r.resource_type = ${resourceType} AND r.id = ${id}
        AND ${withinReachOrDeleted({ sandboxId, resourceType, alias: 'r' }, permission, 'r')}`,
  );
  if (!row) return undefined;
  const { patients, ...stored } = row;
  noteTouched([{ resourceType, id, patients }]);
  return stored;
}
