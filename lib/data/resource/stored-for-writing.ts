import type { ResourceName } from '#lib/fhir/reference/reference.ts';
import { confinedTo, type Permission, unconfined } from '#lib/smart/permission/permission.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import type { Verb } from '#lib/smart/scope/scope.ts';
import { requireTransaction } from '../database/ambient.ts';
import { query, type Sql, sql, unionAll } from '../database/sql.ts';
import { withinAnyReach, withinReach, withinReachOrDeleted } from '../search/reach.ts';
import { noteTouched } from '../touched.ts';
import { mayWrite } from './judged-version.ts';

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
  /** Whether the stored version is within the writer's reach, and not also another patient's whom it excludes. */
  reached: boolean;
  /** Whether it is within a part of the writer's reach that is not confined to patients. */
  free: boolean;
}

/** Reads the stored versions of `targets`, by `Type/id`, and locks them until the transaction ends. */
export async function lockStored(writer: Reader, targets: WriteTarget[]): Promise<Map<string, StoredForWriting>> {
  requireTransaction();
  const { sandboxId, permission } = writer;
  const stored = new Map<string, StoredForWriting>();
  for (const { resourceType, verb, ids } of grouped(targets)) {
    const subject = { sandboxId, resourceType, alias: 'r' };
    const reach = withinReachOrDeleted(subject, permission, verb);
    const free = withinFree(writer, { resourceType, verb }, (rest) => withinReachOrDeleted(subject, rest, verb));
    const locked = await query<StoredForWriting>(
      sql`SELECT r.key::text, r.id, r.version_id, r.last_updated, r.digest, r.deleted, r.content, r.patients, ${reach} AS reached, ${free} AS free
        FROM resource r
        WHERE r.sandbox_id = ${sandboxId}::int AND r.resource_type = ${resourceType} AND r.id = ANY(${ids}::text[])
        ORDER BY r.key FOR UPDATE OF r`,
    );
    // Kept, not copied: a row remembers whom it names for those who judge it next.
    for (const row of locked) row.reached &&= mayWrite(writer, { resourceType, verb }, row);
    noteTouched(locked.filter(({ reached }) => reached).map(({ id, patients }) => ({ resourceType, id, patients })));
    for (const row of locked) stored.set(`${resourceType}/${row.id}`, row);
  }
  return stored;
}

/** SQL that holds for what the writer reaches by alternatives that are not confined to patients. */
function withinFree(
  { permission }: Reader,
  { resourceType, verb }: Omit<WriteTarget, 'id'>,
  within: (rest: Permission) => Sql,
): Sql {
  return confinedTo(permission, resourceType, verb) ? within(unconfined(permission)) : sql`TRUE`;
}

/** A resource within reach. */
export interface Reached {
  /** Whether a part of the reach that is not confined to patients reaches it. */
  free: boolean;
}

/** What is within reach now, by `Type/id`. */
export interface ReachedNow {
  /** Those of the targets whose current content is within the reach of their verb. */
  targets: ReadonlyMap<string, Reached>;
  /** Those of the references that lead to what is within reach by any verb. */
  references: ReadonlySet<string>;
}

/** Looks up which of `targets`, and of the resources that `references` name, are within reach, in one statement. */
export async function withinReachNow(
  reader: Reader,
  targets: WriteTarget[],
  references: ResourceName[] = [],
): Promise<ReachedNow> {
  const parts = [...grouped(targets).map((group) => targetsReached(reader, group)), ...referred(reader, references)];
  if (parts.length === 0) return { targets: new Map(), references: new Set() };
  const rows = await query<{ name: string; free: boolean; written: boolean }>(unionAll(parts));
  return {
    targets: new Map(rows.filter(({ written }) => written).map((row) => [row.name, row])),
    references: new Set(rows.filter(({ written }) => !written).map((row) => row.name)),
  };
}

function targetsReached(reader: Reader, { resourceType, verb, ids }: Group): Sql {
  const { sandboxId, permission } = reader;
  const subject = { sandboxId, resourceType, alias: 'r' };
  const free = withinFree(reader, { resourceType, verb }, (rest) => withinReach(subject, rest, [verb]));
  return sql`SELECT r.resource_type || '/' || r.id AS name, ${free} AS free, TRUE AS written FROM resource r
    WHERE r.sandbox_id = ${sandboxId}::int AND r.resource_type = ${resourceType} AND r.id = ANY(${ids}::text[])
      AND NOT r.deleted AND ${withinReach(subject, permission, [verb])}`;
}

function referred({ sandboxId, permission }: Reader, references: ResourceName[]): Sql[] {
  const byType = Map.groupBy(references, ({ resourceType }) => resourceType);
  return [...byType].map(([resourceType, named]) => {
    const reached = withinAnyReach({ sandboxId, resourceType, alias: 'r' }, permission);
    return sql`SELECT r.resource_type || '/' || r.id AS name, TRUE AS free, FALSE AS written FROM resource r
      WHERE r.sandbox_id = ${sandboxId}::int AND r.resource_type = ${resourceType}
        AND r.id = ANY(${named.map(({ id }) => id)}::text[]) AND NOT r.deleted AND ${reached}`;
  });
}

/** Those of `targets` whose current content is out of reach. */
export async function outOfReach(reader: Reader, targets: WriteTarget[]): Promise<WriteTarget[]> {
  const reached = await withinReachNow(reader, targets);
  return targets.filter(({ resourceType, id }) => !reached.targets.has(`${resourceType}/${id}`));
}

interface Group {
  resourceType: string;
  verb: Verb;
  ids: string[];
}

/** Groups targets by type and verb, always in the same order, so that two writers do not wait for each other. */
function grouped(targets: WriteTarget[]): Group[] {
  const groups = Map.groupBy(targets, ({ resourceType, verb }) => `${resourceType}.${verb}`);
  return [...groups.values()]
    .map((group) => ({ ...group[0], ids: group.map(({ id }) => id) }))
    .map(({ resourceType = '', verb = 'r' as Verb, ids }) => ({ resourceType, verb, ids }))
    .sort((a, b) => (a.resourceType + a.verb < b.resourceType + b.verb ? -1 : 1));
}
