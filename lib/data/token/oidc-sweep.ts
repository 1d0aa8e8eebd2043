import { inSlices } from '../database/in-slices.ts';
import { execute, sql } from '../database/sql.ts';

/**
 * Deletes artifacts that expired more than a day before `now`; until then a refusal can say that they have expired.
 * The context of a grant is deleted with the grant.
 */
export async function sweepPayloads(now: Date): Promise<void> {
  const dayBefore = new Date(now.getTime() - 24 * 60 * 60 * 1000);
  await inSlices((max) =>
    execute(sql`DELETE FROM oidc_payload WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM oidc_payload WHERE expires_at < ${dayBefore}::timestamptz LIMIT ${max}::int FOR UPDATE SKIP LOCKED))`),
  );
  await inSlices((max) =>
    execute(sql`DELETE FROM grant_context WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM grant_context WHERE created_at < ${dayBefore}::timestamptz AND NOT EXISTS (
        SELECT FROM oidc_payload AS held WHERE held.sandbox_id = grant_context.sandbox_id AND held.model = 'Grant'
          AND held.id = grant_context.grant_id)
      LIMIT ${max}::int FOR UPDATE SKIP LOCKED))`),
  );
}
