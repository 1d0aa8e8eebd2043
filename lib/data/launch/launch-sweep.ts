import { env } from '#lib/env.ts';
import { daysBefore } from '../database/days-before.ts';
import { deleteInSlices } from '../database/delete-in-slices.ts';
import { sql } from '../database/sql.ts';

/**
 * Deletes the launches that expired long before `now`, used or not. What was granted by them does not rest on them; a
 * launch that a user is still being asked about expired half an hour ago at most.
 */
export async function sweepLaunches(now: Date): Promise<void> {
  const oldest = daysBefore(now, env().retention.launches);
  // Expiry follows creation, which is what the index has, sandbox by sandbox.
  await deleteInSlices(
    sql`launch_context`,
    sql`sandbox_id = ANY(ARRAY(SELECT id FROM sandbox)) AND created_at < ${oldest}::timestamptz
      AND expires_at < ${oldest}::timestamptz`,
  );
}
