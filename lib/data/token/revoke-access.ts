import { and, execute, query, sql } from '../database/sql.ts';
import { chosenGrants, type GrantFilter } from './live-grants.ts';

/** The grants to end: a single one, those of an app, those of a user, or those of an app and a user. */
export type RevokedGrants = GrantFilter & { grantId?: string };

/**
 * Ends grants and all their artifacts at once, in one statement. Tokens that a concurrent request still writes are
 * invalid too, since no token counts without the context of its grant. Remembered consents are forgotten, so that the
 * app must ask again.
 * @returns the apps that lost access, with their users
 */
export async function revokeAccess(
  sandboxId: number,
  { grantId, ...filter }: RevokedGrants,
): Promise<{ userId: string | null; clientId: string }[]> {
  const chosen = [chosenGrants(sandboxId, filter), ...(grantId === undefined ? [] : [sql`g.grant_id = ${grantId}`])];
  return query<{ userId: string | null; clientId: string }>(
    sql`WITH ended AS (DELETE FROM grant_context g WHERE ${and(chosen)} RETURNING g.grant_id, g.user_id, g.client_id),
      held AS (DELETE FROM oidc_payload p USING ended WHERE p.sandbox_id = ${sandboxId}::int AND p.grant_id = ended.grant_id),
      remembered AS (DELETE FROM consent a USING ended
        WHERE a.sandbox_id = ${sandboxId}::int AND a.user_id = ended.user_id AND a.client_id = ended.client_id)
      SELECT DISTINCT user_id AS "userId", client_id AS "clientId" FROM ended`,
  );
}

/** Ends the tokens of a backend service, and returns how many there were. */
export function revokeServiceAccess(sandboxId: number, clientId: string): Promise<number> {
  return execute(
    sql`DELETE FROM oidc_payload t
      WHERE t.sandbox_id = ${sandboxId}::int AND t.model = 'ClientCredentials' AND t.payload ->> 'clientId' = ${clientId}`,
  );
}
