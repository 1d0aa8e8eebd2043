import { and, type Sql, sql } from '../database/sql.ts';

/** Whose or which grants; what is absent does not narrow. */
export interface GrantFilter {
  userId?: string | undefined;
  clientId?: string | undefined;
}

/** What a grant `g` must be to be one of the sandbox's, and chosen by the filter. */
export function chosenGrants(sandboxId: number, { userId, clientId }: GrantFilter): Sql {
  return and([
    sql`g.sandbox_id = ${sandboxId}::int`,
    ...(userId === undefined ? [] : [sql`g.user_id = ${userId}`]),
    ...(clientId === undefined ? [] : [sql`g.client_id = ${clientId}`]),
  ]);
}

/**
 * What stands after FROM for grants `g` of clients `c` that still hold a token or code which is good at `now`; their
 * `expires_at` is the end of the grant itself.
 */
export function liveGrants(sandboxId: number, filter: GrantFilter, now: Date): Sql {
  return sql`(
      SELECT g.*, p.expires_at FROM grant_context g
        JOIN oidc_payload p ON p.sandbox_id = g.sandbox_id AND p.model = 'Grant' AND p.id = g.grant_id
      WHERE ${chosenGrants(sandboxId, filter)}
    ) g JOIN client c ON c.sandbox_id = g.sandbox_id AND c.client_id = g.client_id
    WHERE EXISTS (SELECT FROM oidc_payload t WHERE ${isGood(now)})`;
}

/**
 * What a grant `g` from `liveGrants` holds: its `scope`, until when the app has access at least (`until`), and whether
 * it can refresh (`refreshes`). Much dearer than to know that it holds anything.
 */
export function heldByGrant(now: Date): Sql {
  return sql`(
    SELECT (array_agg(t.payload ->> 'scope' ORDER BY t.model = 'RefreshToken' DESC, t.expires_at DESC))[1] AS scope,
      max(CASE t.model WHEN 'RefreshToken' THEN LEAST(t.expires_at, g.expires_at) ELSE t.expires_at END) AS until,
      bool_or(t.model = 'RefreshToken') AS refreshes
    FROM oidc_payload t WHERE ${isGood(now)})`;
}

/** A token or code `t` of the grant `g` that is good at `now`. */
function isGood(now: Date): Sql {
  return sql`t.sandbox_id = g.sandbox_id AND t.grant_id = g.grant_id AND t.consumed_at IS NULL
    AND t.model IN ('AccessToken', 'AuthorizationCode', 'RefreshToken')
    AND t.expires_at > ${now}::timestamptz AND (t.model <> 'RefreshToken' OR ${refreshable(now)})`;
}

/** A refresh token ends with its grant; without offline_access also with the user's login session. */
function refreshable(now: Date): Sql {
  return sql`g.expires_at > ${now}::timestamptz AND (
    t.payload ->> 'scope' ~ '(^| )offline_access( |$)' OR EXISTS (
      SELECT FROM oidc_payload s WHERE s.sandbox_id = t.sandbox_id AND s.model = 'Session'
        AND s.uid = t.payload ->> 'sessionUid' AND s.expires_at > ${now}::timestamptz))`;
}
