import { env } from '#lib/env.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import type { Permission } from '#lib/smart/permission/permission.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { and, name, or, query, type Sql, sql } from '../database/sql.ts';
import { rowsWithin, withinBytes } from '../database/within-bytes.ts';
import { alikeByReach, withinReachOrDeleted, withinVersionReach } from '../search/reach.ts';
import { noteTouched } from '../touched.ts';
import type { StoredResource } from './resources.ts';

/** One version of a resource, with the type and id of the resource. */
export interface HistoricVersion extends StoredResource {
  resourceType: string;
  id: string;
}

/** The part of the history that is wanted: of some types, perhaps of one resource, since a moment, from a page on. */
export interface HistoryRequest {
  resourceTypes: string[];
  id?: string;
  versionId?: number;
  since?: Date;
  count: number;
  cursor?: string;
}

/**
 * A page of versions, the newest first. The reach of each is judged by itself: that of a superseded version or a
 * deletion by the compartments it was in, and never by a scope narrowed by search parameters, since it has no index
 * rows.
 * @throws FhirError 400 for an invalid cursor.
 */
export async function findHistory(
  reader: Reader,
  request: HistoryRequest,
): Promise<{ versions: HistoricVersion[]; next?: string }> {
  const { resourceTypes, count } = request;
  const groups = alikeByReach(reader.permission, resourceTypes, ['r']);
  const asked = and(conditionsOf(reader.sandboxId, request));
  const wanted = sql`SELECT * FROM (
      ${pageOf('resource', asked, judged(reader, groups, withinCurrent), count)}
      UNION ALL
      ${pageOf('resource_version', asked, judged(reader, groups, withinFormer), count)}
    ) AS versions ${newestFirst} LIMIT ${count + 1}::int`;
  const rows = await query<Row>(withinBytes(wanted, columns, env().limits.answerBytes));
  const page = rowsWithin(rows).slice(0, count);
  const last = page.at(-1);
  noteTouched(page);
  const versions = page.map(({ patients: _, ...version }) => version);
  return rows.length > page.length && last ? { versions, next: writeCursor(last) } : { versions };
}

type Row = Omit<HistoricVersion, 'content'> & { content: string | null; patients: string[] };

const columns = sql`"resourceType", id, "versionId", "lastUpdated", deleted, patients`;

const newestFirst = sql`ORDER BY "lastUpdated" DESC, "resourceType" DESC, id DESC, "versionId" DESC`;

function pageOf(table: 'resource' | 'resource_version', asked: Sql, reached: Sql, count: number): Sql {
  return sql`(SELECT r.resource_type AS "resourceType", r.id, r.version_id AS "versionId",
      r.last_updated AS "lastUpdated", r.deleted, r.content, r.patients
    FROM ${name(table)} r WHERE ${asked} AND ${reached} ${newestFirst} LIMIT ${count + 1}::int)`;
}

function conditionsOf(sandboxId: number, { id, versionId, since, cursor }: HistoryRequest): Sql[] {
  return [
    sql`r.sandbox_id = ${sandboxId}::int`,
    ...(id === undefined ? [] : [sql`r.id = ${id}`]),
    ...(versionId === undefined ? [] : [sql`r.version_id = ${versionId}::int`]),
    ...(since === undefined ? [] : [sql`r.last_updated >= ${since}`]),
    ...(cursor === undefined ? [] : [before(cursor)]),
  ];
}

type Judge = (subject: { sandboxId: number; resourceType: string; alias: string }, permission: Permission) => Sql;

const withinCurrent: Judge = (subject, permission) => withinReachOrDeleted(subject, permission, 'r');
const withinFormer: Judge = (subject, permission) => withinVersionReach(subject, permission, ['r']);

function judged({ sandboxId, permission }: Reader, groups: string[][], judge: Judge): Sql {
  const alternatives = groups.map((types) => {
    const subject = { sandboxId, resourceType: types[0] ?? '', alias: 'r' };
    return sql`(r.resource_type = ANY(${types}::text[]) AND ${judge(subject, permission)})`;
  });
  return or(alternatives);
}

function writeCursor({ lastUpdated, resourceType, id, versionId }: HistoricVersion): string {
  return Buffer.from([lastUpdated.toISOString(), resourceType, id, versionId].join('/')).toString('base64url');
}

const cursorForm = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)\/([A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})\/(\d{1,9})$/;

function before(cursor: string): Sql {
  const [, time, type, id, version] = cursorForm.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  const moment = new Date(time ?? '');
  if (Number.isNaN(moment.getTime())) throw new FhirError(400, 'invalid', 'The _cursor is not one of this server.');
  return sql`(r.last_updated, r.resource_type, r.id, r.version_id)
    < (${moment}, ${type}, ${id}, ${Number(version)}::int)`;
}
