import type { SearchClause } from '#lib/fhir/search/clause.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { requireTransaction } from '../database/ambient.ts';
import { and, execute, query, type Sql, sql, unionAll } from '../database/sql.ts';
import { clauseCondition } from '../search/chain.ts';
import { withinReach } from '../search/reach.ts';
import type { StoredResource } from './resources.ts';
import type { Writer } from './write.ts';

/** Search criteria that should name one resource of a type. */
export interface Criteria {
  resourceType: string;
  clauses: SearchClause[];
}

/** A resource that meets criteria. */
export interface Match extends StoredResource {
  id: string;
}

/** How many criteria one statement looks up. */
const chunkSize = 50;

/**
 * For each of `criteria`, the current resources that meet it and that the reader may search for; at most two, since two
 * are enough to know that there are several.
 */
export async function findMatches({ sandboxId, permission }: Reader, criteria: Criteria[]): Promise<Match[][]> {
  const matches: Match[][] = criteria.map(() => []);
  for (let start = 0; start < criteria.length; start += chunkSize) {
    const parts = criteria.slice(start, start + chunkSize).map(({ resourceType, clauses }, index): Sql => {
      const subject = { sandboxId, resourceType, alias: 'r' };
      const met = clauses.map((clause) => clauseCondition(subject, permission, clause));
      return sql`(SELECT ${start + index}::int AS position, r.id, r.version_id AS "versionId",
          r.last_updated AS "lastUpdated", r.deleted, r.content
        FROM resource r
        WHERE r.sandbox_id = ${sandboxId}::int AND r.resource_type = ${resourceType} AND NOT r.deleted
          AND ${withinReach(subject, permission, ['s'])} AND ${and(met)}
        LIMIT 2)`;
    });
    const rows = await query<Match & { position: number }>(unionAll(parts));
    for (const { position, ...match } of rows) matches[position]?.push(match);
  }
  return matches;
}

/** The most locks that one sandbox uses: a database server has few, so conditions share them by hash. */
const maxLocks = 64;

/**
 * Locks conditions by name until the transaction ends, so that of two conditional creates at the same moment the second
 * one finds what the first one has created.
 */
export async function lockConditions({ sandboxId }: Writer, names: string[]): Promise<void> {
  requireTransaction();
  if (names.length === 0) return;
  await execute(
    sql`SELECT pg_advisory_xact_lock(${sandboxId}::int, slot) FROM (
        SELECT DISTINCT abs(hashtext(name) % ${maxLocks}::int) AS slot FROM unnest(${names}::text[]) AS name ORDER BY slot
      ) AS slots`,
  );
}
