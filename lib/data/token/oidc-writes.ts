import { and, list, query, sql } from '../database/sql.ts';
import { changesOf, claimsOf, type Lost, type OidcWrites } from './oidc-write-parts.ts';

/**
 * Writes everything in one statement. When another request was the first to use what counts once, nothing is written
 * but the assertions: they were shown, whatever came of it.
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
