import type { SearchRequest } from '#lib/fhir/search-request.ts';
import type { Permission } from '#lib/smart/permission.ts';
import { clauseCondition } from './search-chain.ts';
import { includedResources } from './search-included.ts';
import { after, orderOf, writeCursor } from './search-page.ts';
import { withinReach } from './search-reach.ts';
import type { SearchResult } from './search-result.ts';
import { and, list, name, query, type Sql, sql } from './sql.ts';
import { noteTouched } from './touched.ts';

/** An estimate counts this far. */
const estimateLimit = 1000;

/**
 * One page of the resources of a sandbox that match and that `permission` lets be searched for. Permission and tenant
 * are part of the query, so that pages are full and totals true. One query, one more for a total beyond the page, and
 * one for each direction of inclusion.
 * @throws FhirError 400 for a cursor that does not belong to this search.
 */
export async function searchResources(
  sandboxId: number,
  permission: Permission,
  request: SearchRequest,
): Promise<SearchResult> {
  const subject = { sandboxId, resourceType: request.resourceType, alias: 'r' };
  const where = and([
    sql`r.sandbox_id = ${sandboxId}::int AND r.resource_type = ${request.resourceType} AND NOT r.deleted`,
    withinReach(subject, permission, ['s']),
    ...request.clauses.map((clause) => clauseCondition(subject, permission, clause)),
  ]);
  const page = await findMatches(request, where);
  const { included, cut } = await includedResources(sandboxId, permission, request, page.matches);
  return { ...page, included, includedCut: cut };
}

/** One page of what `where` holds for, with the total that the request wants. `where` speaks of table `resource` as r. */
export async function findMatches(request: SearchRequest, where: Sql): Promise<Page> {
  const page = request.count === 0 ? { matches: [] } : await findPage(request, where);
  const total = await countMatches(request, where, page);
  return total === undefined ? page : { ...page, total };
}

type Page = Pick<SearchResult, 'matches' | 'next' | 'total'>;

interface Row {
  key: string;
  resourceType: string;
  id: string;
  content: string;
  patients: string[];
  order: string[];
}

async function findPage({ sort, count, cursor }: SearchRequest, where: Sql): Promise<Page> {
  const order = orderOf('r', sort);
  const values = list(order.map(({ value }) => sql`(${value})::text`));
  const orderBy = list(order.map(({ value, descending }) => sql`${value} ${name(descending ? 'DESC' : 'ASC')}`));
  const start = cursor === undefined ? sql`TRUE` : after(order, cursor);
  const rows = await query<Row>(
    sql`SELECT r.key::text AS key, r.resource_type AS "resourceType", r.id, r.content, r.patients, ARRAY[${values}] AS "order" FROM resource r
      WHERE ${where} AND ${start} ORDER BY ${orderBy} LIMIT ${count + 1}::int`,
  );
  const matches = rows.slice(0, count).map(({ order: _, ...match }) => match);
  noteTouched(matches);
  const last = rows.length > count ? rows[count - 1] : undefined;
  return last ? { matches, next: writeCursor(last.order) } : { matches };
}

async function countMatches(request: SearchRequest, where: Sql, page: Page): Promise<number | undefined> {
  const { count, cursor, total } = request;
  if (count === 0) return countAll(where);
  if (total === 'none') return undefined;
  if (cursor === undefined && page.next === undefined) return page.matches.length;
  if (total === 'accurate') return countAll(where);
  const found = await countAll(where, sql`LIMIT ${estimateLimit + 1}::int`);
  return found > estimateLimit ? undefined : found;
}

async function countAll(where: Sql, limit = sql``): Promise<number> {
  const [row] = await query<{ found: number }>(
    sql`SELECT count(*)::int AS found FROM (SELECT 1 FROM resource r WHERE ${where} ${limit}) AS matches`,
  );
  return row?.found ?? 0;
}
