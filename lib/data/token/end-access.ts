import { execute, sql } from '../database/sql.ts';

/**
 * Ends all access that a user has given to apps, in every sandbox that they belong to, whatever it was given for: grants
 * with their codes and tokens, and remembered consents. Somebody else may have given it in their name.
 */
export async function endAccess(userId: string): Promise<void> {
  await execute(
    sql`WITH ended AS (DELETE FROM grant_context WHERE user_id = ${userId}
          AND sandbox_id IN (SELECT sandbox_id FROM membership WHERE user_id = ${userId}) RETURNING sandbox_id, grant_id),
      forgotten AS (DELETE FROM consent WHERE user_id = ${userId})
      DELETE FROM oidc_payload p USING ended WHERE p.sandbox_id = ended.sandbox_id AND p.grant_id = ended.grant_id`,
  );
}
