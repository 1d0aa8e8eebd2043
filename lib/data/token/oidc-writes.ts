import { and, list, query, sql } from '../database/sql.ts';
import { changesOf, claimsOf, type Lost, type OidcWrites } from './oidc-write-parts.ts';

/**
 * Performs all writes of a request in one statement. When another request has used something first that can be used
 * only once, nothing is written but the assertions, since they have been presented all the same.
 * @returns what another request has used first; undefined when everything was written.
 */
export async function writeTogether(writes: OidcWrites): Promise<Lost | undefined> {
  const claims = claimsOf(writes);
  const changes = changesOf(writes, and(claims.map(({ won }) => won)));
  const parts = [...claims.map(({ part }) => part), ...changes];
  if (parts.length === 0) return undefined;
  const outcomes = claims.map(({ lost, won }) => sql`(CASE WHEN NOT ${won} THEN ${lost}::text END)`);
  const [row] = await query<{ lost: Lost | null }>(
    sql`WITH ${list(parts)} SELECT COALESCE(${list([...outcomes, sql`NULL::text`])}) AS lost`,
  );
  return row?.lost ?? undefined;
}
