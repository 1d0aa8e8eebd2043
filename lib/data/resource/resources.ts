import type { Resource } from 'fhir/r4';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { currentTransaction } from '../database/ambient.ts';
import { lookUp, query, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { withinReachOrDeleted } from '../search/reach.ts';
import { noteTouched } from '../touched.ts';
import { type IdentifiedResource, identifyAll } from './identified.ts';
import { refreshStatistics } from './statistics.ts';
import { storeVersions } from './versions.ts';

/** How many resources one statement carries: a few megabytes at most, so that memory stays flat. */
const chunkSize = 400;

/** How many resources were created, updated and unchanged. */
export interface PutCounts {
  created: number;
  updated: number;
  unchanged: number;
}

/**
 * Creates or updates resources under their own ids, with their index rows, all or nothing. Unchanged content makes no
 * new version; of two resources with the same id, the last one counts. Resources must be valid R4. A larger transaction
 * that writes much this way should end with `refreshStatistics`.
 * @throws FhirError 400 for an unknown type or an invalid id, 409 when somebody else wrote at the same time.
 */
export async function putResources(
  sandboxId: number,
  resources: Resource[],
  { now = new Date() }: { now?: Date } = {},
): Promise<PutCounts> {
  const identified = await identifyAll(resources);
  const joins = currentTransaction() !== undefined;
  return inTransaction(async () => {
    const counts = await putIdentified(sandboxId, identified, now);
    if (!joins && counts.created + counts.updated >= chunkSize) await refreshStatistics();
    return counts;
  });
}

/** Creates or updates resources that `identify` has prepared, as part of the open transaction. */
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

/** Reads the stored versions of `wanted`, and locks them until the transaction ends. */
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

/** A stored resource as JSON text, with the facts that the headers of its HTTP response need. */
export interface StoredResource {
  /** Empty when this version is a deletion. */
  content: string;
  deleted: boolean;
  versionId: number;
  lastUpdated: Date;
}

/** The current version of a resource, if it exists, is not deleted, and `reader` may read it. */
export async function readResource(
  reader: Reader,
  resourceType: string,
  id: string,
): Promise<StoredResource | undefined> {
  const found = await readCurrent(reader, resourceType, id);
  return found?.deleted ? undefined : found;
}

/** The current version of a resource that `reader` may read, or its deletion if `reader` could read it before. */
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
