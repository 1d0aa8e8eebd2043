import type { Inclusion } from '#lib/fhir/search-inclusion.ts';
import type { SearchRequest } from '#lib/fhir/search-request.ts';
import type { Permission } from '#lib/smart/permission.ts';
import { withinReach } from './search-reach.ts';
import type { FoundResource } from './search-result.ts';
import { and, or, query, type Sql, sql } from './sql.ts';

/** A page carries no more included resources than this. */
const mostIncluded = 1000;

/**
 * The resources that `_include` and `_revinclude` add to `matches`, each once and none that is a match itself.
 * What a match points to may be handed out when `permission` reaches it by reading or by searching, since either would
 * hand it out with the id that the match shows. What points to a match would not be known of without a search: that
 * takes the right to search.
 */
export async function includedResources(
  sandboxId: number,
  permission: Permission,
  { inclusions }: SearchRequest,
  matches: FoundResource[],
): Promise<{ included: FoundResource[]; cut: boolean }> {
  if (matches.length === 0) return { included: [], cut: false };
  const [backward, forward] = [
    inclusions.filter(({ reverse }) => reverse),
    inclusions.filter(({ reverse }) => !reverse),
  ];
  const found = [
    ...(await pointedTo(sandboxId, permission, forward, matches)),
    ...(await pointingTo(sandboxId, permission, backward, matches)),
  ];
  const known = new Set(matches.map(({ key }) => key));
  const included = found.filter(({ key }) => !known.has(key) && known.add(key));
  return { included: included.slice(0, mostIncluded), cut: included.length > mostIncluded };
}

const columns = sql`r.key::text AS key, r.resource_type AS "resourceType", r.id, r.content`;

async function pointedTo(
  sandboxId: number,
  permission: Permission,
  inclusions: Inclusion[],
  matches: FoundResource[],
): Promise<FoundResource[]> {
  const ways = inclusions.flatMap(({ parameter, targets }) =>
    targets.map(
      (type) => sql`(i.parameter = ${parameter} AND i.target_type = ${type} AND r.resource_type = ${type}
      AND ${withinReach({ sandboxId, resourceType: type, alias: 'r' }, permission, ['r', 's'])})`,
    ),
  );
  return find(sandboxId, ways, sql`r.resource_type = i.target_type AND r.id = i.target_id`, [
    sql`i.resource_key = ANY(${matches.map(({ key }) => key)}::bigint[])`,
  ]);
}

async function pointingTo(
  sandboxId: number,
  permission: Permission,
  inclusions: Inclusion[],
  matches: FoundResource[],
): Promise<FoundResource[]> {
  const ways = inclusions.map(
    ({ source, parameter, targets }) => sql`(i.resource_type = ${source} AND i.parameter = ${parameter}
      AND i.target_type = ANY(${targets}::text[])
      AND ${withinReach({ sandboxId, resourceType: source, alias: 'r' }, permission, ['s'])})`,
  );
  return find(sandboxId, ways, sql`r.key = i.resource_key`, [
    sql`i.target_id = ANY(${matches.map(({ id }) => id)}::text[])`,
  ]);
}

async function find(sandboxId: number, ways: Sql[], joined: Sql, start: Sql[]): Promise<FoundResource[]> {
  if (ways.length === 0) return [];
  return query<FoundResource>(
    sql`SELECT DISTINCT ON (r.key) ${columns} FROM reference_index i JOIN resource r
        ON r.sandbox_id = i.sandbox_id AND ${joined} AND NOT r.deleted
      WHERE i.sandbox_id = ${sandboxId}::int AND ${and(start)} AND ${or(ways)}
      ORDER BY r.key LIMIT ${mostIncluded + 1}::int`,
  );
}
