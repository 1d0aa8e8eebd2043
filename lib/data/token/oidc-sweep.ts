import { deleteInSlices } from '../database/delete-in-slices.ts';
import { sql } from '../database/sql.ts';

/**
 * Deletes artifacts that expired more than a day before `now`; until then a refusal can say that they have expired.
 * The context of a grant is deleted with the grant.
 */
export async function sweepPayloads(now: Date): Promise<void> {
  const dayBefore = new Date(now.getTime() - 24 * 60 * 60 * 1000);
  await deleteInSlices(sql`oidc_payload`, sql`expires_at < ${dayBefore}::timestamptz`);
  await deleteInSlices(
    sql`grant_context`,
    sql`created_at < ${dayBefore}::timestamptz AND NOT EXISTS (
      SELECT FROM oidc_payload AS held WHERE held.sandbox_id = grant_context.sandbox_id AND held.model = 'Grant'
        AND held.id = grant_context.grant_id)`,
  );
}
