import type { GrantContext } from './grants.ts';
import type { StoredKey, StoredPayload } from './oidc-payloads.ts';
import { changesOf, claimsOf } from './oidc-write-parts.ts';
import { and, list, query, sql } from './sql.ts';

/** Everything that one request to the authorization server writes, artifacts by their stored ids. */
export interface OidcWrites {
  sandboxId: number;
  /** Artifacts of which there must be none with their id yet: assertions, which count once. */
  first: StoredPayload[];
  /** Artifacts that this request uses up, and no other. */
  consumed: StoredKey[];
  /** The context of a new grant, and the launch that led to it, which this request uses up, and no other. */
  context?: GrantContext | undefined;
  /** Artifacts to keep, in place of what had their id. */
  kept: StoredPayload[];
  removed: StoredKey[];
  /** Artifacts of one kind that a grant has brought forth. */
  removedOfGrant: { model: string; grantId: string }[];
  /** Grants that end: with them go their contexts and everything that they brought forth. */
  ended: string[];
}

/** What another request was the first to use. */
export type Lost = 'assertion' | 'artifact' | 'launch';

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
