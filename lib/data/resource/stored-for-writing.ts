import type { Reader } from '#lib/smart/permission/reader.ts';
import type { Verb } from '#lib/smart/scope/scope.ts';
import { requireTransaction } from '../database/ambient.ts';
import { query, sql } from '../database/sql.ts';
import { withinReach, withinReachOrDeleted } from '../search/reach.ts';
import { noteTouched } from '../touched.ts';

/** A resource that somebody wants to write, and by which verb. */
export interface WriteTarget {
  resourceType: string;
  id: string;
  verb: Verb;
}

/** The stored version of a resource that is to be written. */
export interface StoredForWriting {
  key: string;
  id: string;
  version_id: number;
  last_updated: Date;
  digest: string;
  deleted: boolean;
  content: string;
  patients: string[];
  /** Whether the stored version is within the writer's reach. */
  reached: boolean;
}

/** Reads the stored versions of `targets`, by `Type/id`, and locks them until the transaction ends. */
export async function lockStored(
  { sandboxId, permission }: Reader,
  targets: WriteTarget[],
): Promise<Map<string, StoredForWriting>> {
  requireTransaction();
  const found = new Map<string, StoredForWriting>();
  for (const { resourceType, verb, ids } of grouped(targets)) {
    const reach = withinReachOrDeleted({ sandboxId, resourceType, alias: 'r' }, permission, verb);
    const rows = await query<StoredForWriting>(
      sql`SELECT r.key::text, r.id, r.version_id, r.last_updated, r.digest, r.deleted, r.content, r.patients, ${reach} AS reached
        FROM resource r
        WHERE r.sandbox_id = ${sandboxId}::int AND r.resource_type = ${resourceType} AND r.id = ANY(${ids}::text[])
        ORDER BY r.key FOR UPDATE OF r`,
    );
    noteTouched(rows.filter(({ reached }) => reached).map(({ id, patients }) => ({ resourceType, id, patients })));
    for (const row of rows) found.set(`${resourceType}/${row.id}`, row);
  }
  return found;
}

/** Those of `targets` whose new content is out of reach, judged in the transaction that has just written them. */
export async function outOfReach({ sandboxId, permission }: Reader, targets: WriteTarget[]): Promise<WriteTarget[]> {
  const missed: WriteTarget[] = [];
  for (const { resourceType, verb, ids } of grouped(targets)) {
    const rows = await query<{ id: string }>(
      sql`SELECT r.id FROM resource r
        WHERE r.sandbox_id = ${sandboxId}::int AND r.resource_type = ${resourceType} AND r.id = ANY(${ids}::text[])
          AND NOT r.deleted AND ${withinReach({ sandboxId, resourceType, alias: 'r' }, permission, [verb])}`,
    );
    const reached = new Set(rows.map(({ id }) => id));
    missed.push(...ids.filter((id) => !reached.has(id)).map((id) => ({ resourceType, verb, id })));
  }
  return missed;
}

/** Groups targets by type and verb, always in the same order, so that two writers do not wait for each other. */
function grouped(targets: WriteTarget[]) {
  const groups = Map.groupBy(targets, ({ resourceType, verb }) => `${resourceType}.${verb}`);
  return [...groups.values()]
    .map((group) => ({ ...group[0], ids: group.map(({ id }) => id) }))
    .map(({ resourceType = '', verb = 'r' as Verb, ids }) => ({ resourceType, verb, ids }))
    .sort((a, b) => (a.resourceType + a.verb < b.resourceType + b.verb ? -1 : 1));
}
