import { env } from '#lib/env.ts';
import type { SearchRequest } from '#lib/fhir/search/request.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { list, lookUp, name, query, type Sql, sql } from '../database/sql.ts';
import { rowsWithin, withinBytes } from '../database/within-bytes.ts';
import { noteTouched } from '../touched.ts';
import { includedResources } from './included.ts';
import { type Matching, matchingOf } from './matching.ts';
import { orderOf } from './order.ts';
import { after, writeCursor } from './page.ts';
import type { SearchResult } from './result.ts';

/** An estimated total stops counting here. */
const estimateLimit = 1000;

/**
 * One page of the matches in a sandbox that `reader` may search for. Permission and tenant are part of the query, so
 * that pages are full and totals are true. It takes one query, another for a total beyond the page, and one for each
 * direction of inclusion.
 * @throws FhirError 400 for a cursor that does not belong to this search.
 */
export async function searchResources(reader: Reader, request: SearchRequest): Promise<SearchResult> {
  const matching = matchingOf(reader, request);
  const page = await findMatches(request, matching);
  const { included, cut } = await includedResources(reader, request, page.matches);
  return { ...page, included, includedCut: cut };
}

/** One page of the matches, with the total if the request wants one. */
export async function findMatches(request: SearchRequest, matching: Matching): Promise<Page> {
  const page = request.count === 0 ? { matches: [] } : await findPage(request, matching);
  const total = await countMatches(request, matching, page);
  return total === undefined ? page : { ...page, total };
}

type Page = Pick<SearchResult, 'matches' | 'next' | 'total'>;

const columns = sql`key, "resourceType", id, patients, "order"`;

interface Row {
  key: string;
  resourceType: string;
  id: string;
  content: string | null;
  patients: string[];
  order: string[];
}

function fromOf({ keys }: Matching): Sql {
  return keys ? sql`(${keys}) AS found JOIN resource r ON r.key = found.key` : sql`resource r`;
}

async function findPage({ sort, count, cursor }: SearchRequest, matching: Matching): Promise<Page> {
  const order = orderOf(matching.keys && sort.length === 0 ? 'found' : 'r', sort);
  const values = list(order.map(({ value }) => sql`(${value})::text`));
  const orderBy = list(order.map(({ value, descending }) => sql`${value} ${name(descending ? 'DESC' : 'ASC')}`));
  const start = cursor === undefined ? sql`TRUE` : after(order, cursor);
  const ask = matching.prepared ? lookUp : query;
  const page = sql`SELECT r.key::text AS key, r.resource_type AS "resourceType", r.id, r.content, r.patients, ARRAY[${values}] AS "order"
      FROM ${fromOf(matching)}
      WHERE ${matching.where} AND ${start} ORDER BY ${orderBy} LIMIT ${count + 1}::int`;
  const rows = await ask<Row>(withinBytes(page, columns, env().limits.answerBytes));
  const shown = rowsWithin(rows).slice(0, count);
  const matches = shown.map(({ order: _, ...match }) => match);
  noteTouched(matches);
  const last = rows.length > shown.length ? shown.at(-1) : undefined;
  return last ? { matches, next: writeCursor(last.order) } : { matches };
}

async function countMatches(request: SearchRequest, matching: Matching, page: Page): Promise<number | undefined> {
  const { count, cursor, total } = request;
  if (count === 0) return countAll(matching);
  if (total === 'none') return undefined;
  if (cursor === undefined && page.next === undefined) return page.matches.length;
  if (total === 'accurate') return countAll(matching);
  const found = await countAll(matching, sql`LIMIT ${estimateLimit + 1}::int`);
  return found > estimateLimit ? undefined : found;
}

async function countAll(matching: Matching, limit = sql``): Promise<number> {
  const counted = matching.all ?? sql`SELECT 1 FROM ${fromOf(matching)} WHERE ${matching.where}`;
  const ask = matching.prepared ? lookUp : query;
  const [row] = await ask<{ found: number }>(sql`SELECT count(*)::int AS found FROM (${counted} ${limit}) AS matches`);
  return row?.found ?? 0;
}
