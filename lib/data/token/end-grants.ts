import { requireTransaction } from '../database/ambient.ts';
import { execute, type Sql, sql } from '../database/sql.ts';

/** Ends the grants for which this SQL holds, which names their sandbox, with all their codes and tokens. */
export async function endGrants(which: Sql): Promise<void> {
  requireTransaction();
  await execute(
    sql`WITH ended AS (DELETE FROM grant_context WHERE ${which} RETURNING sandbox_id, grant_id)
      DELETE FROM oidc_payload p USING ended WHERE p.sandbox_id = ended.sandbox_id AND p.grant_id = ended.grant_id`,
  );
}
