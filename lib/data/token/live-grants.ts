import { and, type Sql, sql } from '../database/sql.ts';
import { isLive } from '../session/live-session.ts';

/** Filters grants by user and app; an absent field does not filter. */
export interface GrantFilter {
  userId?: string | undefined;
  clientId?: string | undefined;
}

/** SQL that holds for the grants `g` of the sandbox that the filter selects. */
export function chosenGrants(sandboxId: number, { userId, clientId }: GrantFilter): Sql {
  return and([
    sql`g.sandbox_id = ${sandboxId}::int`,
    ...(userId === undefined ? [] : [sql`g.user_id = ${userId}`]),
    ...(clientId === undefined ? [] : [sql`g.client_id = ${clientId}`]),
  ]);
}

/**
 * The FROM clause for grants `g` of clients `c` that hold a token or code that is valid at `now`; `g.expires_at` is the
 * end of the grant itself.
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
 * A subquery for a grant `g` from `liveGrants`: its `scope`, until when the app has access at least (`until`), and
 * whether it can refresh (`refreshes`). It costs much more than `liveGrants`, so use it only for the grants that are
 * shown.
 */
export function heldByGrant(now: Date): Sql {
  return sql`(
    SELECT (array_agg(t.payload ->> 'scope' ORDER BY t.model = 'RefreshToken' DESC, t.expires_at DESC))[1] AS scope,
      max(CASE t.model WHEN 'RefreshToken' THEN LEAST(t.expires_at, g.expires_at) ELSE t.expires_at END) AS until,
      bool_or(t.model = 'RefreshToken') AS refreshes
    FROM oidc_payload t WHERE ${isGood(now)})`;
}

/** SQL that holds for a token or code `t` of the grant `g` that is valid at `now`. */
function isGood(now: Date): Sql {
  return sql`t.sandbox_id = g.sandbox_id AND t.grant_id = g.grant_id AND t.consumed_at IS NULL
    AND t.model IN ('AccessToken', 'AuthorizationCode', 'RefreshToken')
    AND t.expires_at > ${now}::timestamptz AND (t.model <> 'RefreshToken' OR ${refreshable(now)})`;
}

/** SQL that holds for a valid refresh token: its grant lives and, without offline_access, so does the session. */
function refreshable(now: Date): Sql {
  return sql`g.expires_at > ${now}::timestamptz AND (
    t.payload ->> 'scope' ~ '(^| )offline_access( |$)' OR EXISTS (
      SELECT FROM ehr_session s WHERE s.id = t.payload ->> 'sessionUid' AND ${isLive('s', now)}))`;
}
