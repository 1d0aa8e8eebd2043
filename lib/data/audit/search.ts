import type { AuditRecord } from '#lib/fhir/audit/record.ts';
import { codeOfStored } from '#lib/fhir/audit/stored-code.ts';
import { invalid } from '#lib/fhir/fhir-error.ts';
import type { SearchRequest } from '#lib/fhir/search/request.ts';
import { and, query, type Sql, sql } from '../database/sql.ts';
import { auditCondition } from './condition.ts';

/** A record with the names of its user and app, unless they have been deleted since. */
export interface FoundRecord extends AuditRecord {
  userName?: string;
  clientName?: string;
}

/** One page of the audit log. */
export interface AuditPage {
  records: FoundRecord[];
  /** Number of matches on all pages; undefined when the search asked for none, or when an estimate stopped counting. */
  total?: number;
  /** Cursor of the next page, when there is one. */
  next?: string;
}

/** An estimated total stops counting here. */
const estimateLimit = 1000;

/**
 * One page of the audit log of a sandbox, the newest first unless the search sorts the other way. Callers must have
 * checked that the user is an administrator of the sandbox.
 * @throws FhirError 400 for parameters that cannot be answered, and for an invalid cursor.
 */
export async function searchAudit(sandboxId: number, request: SearchRequest): Promise<AuditPage> {
  const where = and([
    sql`a.sandbox_id = ${sandboxId}::int`,
    ...request.clauses.map((clause) => auditCondition(sandboxId, clause)),
  ]);
  const page = request.count === 0 ? { records: [] } : await findPage(sandboxId, request, where);
  const total = await countRecords(request, where, page);
  return total === undefined ? page : { ...page, total };
}

/** The record with this id. */
export async function findAuditRecord(sandboxId: number, id: string): Promise<FoundRecord | undefined> {
  if (!uuid.test(id)) return undefined;
  const where = sql`a.sandbox_id = ${sandboxId}::int AND a.id = ${id}::uuid`;
  const [found] = await select(sandboxId, where, sql`LIMIT 1`);
  return found;
}

/** The events of a log since `since`, the newest first, at most 10,000; for whoever runs the server. */
export function recentAudit(log: number, since: Date): Promise<FoundRecord[]> {
  const where = sql`a.sandbox_id = ${log}::int AND a.recorded >= ${since}::timestamptz`;
  return select(log, where, sql`ORDER BY a.recorded DESC, a.id DESC LIMIT 10000`);
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function findPage(sandboxId: number, { sort, count, cursor }: SearchRequest, where: Sql): Promise<AuditPage> {
  const oldestFirst = sort[0]?.descending === false;
  const start = cursor === undefined ? sql`TRUE` : beyond(cursor, oldestFirst);
  const order = oldestFirst ? sql`a.recorded, a.id` : sql`a.recorded DESC, a.id DESC`;
  const found = await select(sandboxId, and([where, start]), sql`ORDER BY ${order} LIMIT ${count + 1}::int`);
  const records = found.slice(0, count);
  const last = records.at(-1);
  return found.length > count && last ? { records, next: writeCursor(last) } : { records };
}

type Row = { [Name in keyof FoundRecord]-?: FoundRecord[Name] | null };

async function select(sandboxId: number, where: Sql, rest: Sql): Promise<FoundRecord[]> {
  const rows = await query<Row>(
    sql`SELECT a.id::text AS id, a.recorded, a.interaction, a.action, a.outcome::int AS outcome, a.status::int AS status,
        a.method, a.path, a.query, a.client_id AS "clientId", a.username, a.fhir_user AS "fhirUser",
        a.grant_id AS "grantId", a.request_id AS "requestId", a.address, a.repeated, a.patients, a.patients_all AS "patientsAll",
        a.entities, a.entities_all AS "entitiesAll",
        (SELECT u.name FROM "user" u WHERE u.username = a.username) AS "userName",
        coalesce(
          (SELECT c.name FROM client c WHERE c.sandbox_id = ${sandboxId}::int AND c.client_id = a.client_id),
          (SELECT d.title FROM cds_service d WHERE d.sandbox_id = ${sandboxId}::int AND 'cds:' || d.id = a.client_id)
        ) AS "clientName"
      FROM audit_event a WHERE ${where} ${rest}`,
  );
  return rows.map(toRecord);
}

function toRecord(row: Row): FoundRecord {
  const known = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as FoundRecord;
  return {
    ...known,
    interaction: codeOfStored(known.interaction),
    patients: known.patients.map((name) => name.slice(name.indexOf('/') + 1)),
  };
}

async function countRecords(request: SearchRequest, where: Sql, page: AuditPage): Promise<number | undefined> {
  const { count, cursor, total } = request;
  if (count === 0) return countAll(where);
  if (total === 'none') return undefined;
  if (cursor === undefined && page.next === undefined) return page.records.length;
  if (total === 'accurate') return countAll(where);
  const found = await countAll(where, sql`LIMIT ${estimateLimit + 1}::int`);
  return found > estimateLimit ? undefined : found;
}

async function countAll(where: Sql, limit = sql``): Promise<number> {
  const [row] = await query<{ found: number }>(
    sql`SELECT count(*)::int AS found FROM (SELECT 1 FROM audit_event a WHERE ${where} ${limit}) AS matches`,
  );
  return row?.found ?? 0;
}

function writeCursor({ recorded, id }: AuditRecord): string {
  return Buffer.from(`${recorded.toISOString()}/${id}`).toString('base64url');
}

const cursorForm = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\/([0-9a-f-]{36})$/;

function beyond(cursor: string, oldestFirst: boolean): Sql {
  const [, time = '', id = ''] = cursorForm.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (Number.isNaN(Date.parse(time)) || !uuid.test(id)) {
    throw invalid('_cursor is not one that a page of this search has handed out.');
  }
  const direction = oldestFirst ? sql`>` : sql`<`;
  return sql`(a.recorded, a.id) ${direction} (${time}::timestamptz, ${id}::uuid)`;
}
