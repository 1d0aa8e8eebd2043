import { env } from '#lib/env.ts';
import type { Inclusion } from '#lib/fhir/search/inclusion.ts';
import type { SearchRequest } from '#lib/fhir/search/request.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { and, or, query, type Sql, sql } from '../database/sql.ts';
import { rowsWithin, withinBytes } from '../database/within-bytes.ts';
import { noteTouched } from '../touched.ts';
import { reachByType } from './reach.ts';
import type { FoundResource } from './result.ts';

/** The most included resources on a page. */
const maxIncluded = 1000;
/** The most steps that `:iterate` goes from the matches. */
const maxSteps = 8;

type Row = Omit<FoundResource, 'content'> & { content: string | null };

interface Included {
  included: FoundResource[];
  /** Whether a limit cut off further resources. */
  cut: boolean;
}

/** The reader, a further condition for the rows `r` of table `resource`, and how many bytes may still be found. */
interface Asking extends Reader {
  only: Sql;
  left: { bytes: number };
}

/**
 * The resources that `_include` and `_revinclude` add to `matches`, each once and without the matches themselves.
 * `_include` needs permission to read or to search, because the match shows the id and either would return the
 * resource. `_revinclude` needs permission to search, because only a search finds what refers to the match. With
 * `:iterate`, included resources are followed like matches; nothing is followed twice.
 */
export async function includedResources(
  reader: Reader,
  { inclusions }: Pick<SearchRequest, 'inclusions'>,
  matches: FoundResource[],
  only = sql`TRUE`,
): Promise<Included> {
  if (inclusions.length === 0) return { included: [], cut: false };
  const known = new Set(matches.map(({ key }) => key));
  const included: FoundResource[] = [];
  const left = { bytes: env().limits.answerBytes - lengthOf(matches) };
  let [next, wanted] = [matches, inclusions];
  for (let step = 0; step < maxSteps && next.length > 0 && included.length <= maxIncluded && left.bytes >= 0; step++) {
    const found = await oneStep({ ...reader, only, left }, wanted, next);
    next = found.filter(({ key }) => !known.has(key) && known.add(key));
    included.push(...next);
    wanted = inclusions.filter(({ iterate }) => iterate);
    if (wanted.length === 0) next = [];
  }
  noteTouched(included);
  const cut = included.length > maxIncluded || next.length > 0 || left.bytes < 0;
  return { included: included.slice(0, maxIncluded), cut };
}

function lengthOf(resources: FoundResource[]): number {
  return resources.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
}

async function oneStep(asking: Asking, inclusions: Inclusion[], from: FoundResource[]): Promise<FoundResource[]> {
  const byType = Map.groupBy(from, ({ resourceType }) => resourceType);
  const forward = inclusions.filter(({ reverse, source }) => !reverse && byType.has(source));
  const backward = inclusions.filter(({ reverse, targets }) => reverse && targets.some((type) => byType.has(type)));
  return [...(await pointedTo(asking, forward, from)), ...(await pointingTo(asking, backward, byType))];
}

const columns = sql`r.key::text AS key, r.resource_type AS "resourceType", r.id, r.content, r.patients`;

function named(parameters: string[]): Sql {
  return parameters.length === 1 ? sql`i.parameter = ${parameters[0]}` : sql`i.parameter = ANY(${parameters}::text[])`;
}

async function pointedTo(asking: Asking, inclusions: Inclusion[], from: FoundResource[]): Promise<FoundResource[]> {
  const ways = inclusions.flatMap(({ source, parameters, targets }) =>
    reachByType({ ...asking, alias: 'r', verbs: ['r', 's'] }, targets).map(
      ({ types, reach }) => sql`(i.resource_type = ${source} AND ${named(parameters)}
        AND i.target_type = ANY(${types}::text[]) AND ${reach})`,
    ),
  );
  return find(asking, ways, sql`r.resource_type = i.target_type AND r.id = i.target_id`, [
    sql`i.resource_key = ANY(${from.map(({ key }) => key)}::bigint[])`,
  ]);
}

async function pointingTo(
  asking: Asking,
  inclusions: Inclusion[],
  byType: Map<string, FoundResource[]>,
): Promise<FoundResource[]> {
  const ways = inclusions.flatMap(({ source, parameters, targets }) =>
    reachByType({ ...asking, alias: 'r', verbs: ['s'] }, [source]).map(
      ({ reach }) => sql`(i.resource_type = ${source} AND ${named(parameters)}
        AND ${or(targets.flatMap((type) => pointsTo(type, byType.get(type))))} AND ${reach})`,
    ),
  );
  return find(asking, ways, sql`r.key = i.resource_key`, []);
}

function pointsTo(type: string, resources: FoundResource[] = []): Sql[] {
  if (resources.length === 0) return [];
  return [sql`(i.target_id = ANY(${resources.map(({ id }) => id)}::text[]) AND i.target_type = ${type})`];
}

async function find({ sandboxId, only, left }: Asking, ways: Sql[], joined: Sql, start: Sql[]) {
  if (ways.length === 0) return [];
  const wanted = sql`SELECT DISTINCT ON (r.key) ${columns} FROM reference_index i JOIN resource r
        ON r.sandbox_id = i.sandbox_id AND ${joined} AND NOT r.deleted AND ${only}
      WHERE i.sandbox_id = ${sandboxId}::int AND ${and(start)} AND ${or(ways)}
      ORDER BY r.key LIMIT ${maxIncluded + 1}::int`;
  const rows = await query<Row>(withinBytes(wanted, sql`key, "resourceType", id, patients`, left.bytes));
  const found: FoundResource[] = rowsWithin(rows);
  left.bytes = found.length < rows.length ? -1 : left.bytes - lengthOf(found);
  return found;
}
