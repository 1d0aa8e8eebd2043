import { requireTransaction } from '../database/ambient.ts';
import { execute, sql } from '../database/sql.ts';
import { endGrants } from './end-grants.ts';

/** A resource that was deleted. */
interface Deleted {
  resourceType: string;
  id: string;
}

/**
 * Ends what is about patients and encounters that were just deleted, in the same transaction: grants about a patient with
 * their tokens, and launches that nobody has used. Grants in an encounter go on without it. Nothing of that comes back
 * with a resource that is created under the same id.
 */
export async function endDeletedContext(sandboxId: number, deleted: Deleted[]): Promise<void> {
  requireTransaction();
  const idsOf = (type: string) => deleted.filter(({ resourceType }) => resourceType === type).map(({ id }) => id);
  const [patients, encounters] = [idsOf('Patient'), idsOf('Encounter')];
  if (patients.length === 0 && encounters.length === 0) return;
  await execute(
    sql`UPDATE launch_context SET withdrawn_at = now()
      WHERE sandbox_id = ${sandboxId}::int AND used_at IS NULL AND withdrawn_at IS NULL AND (
        parameters ->> 'patient' = ANY(${patients}::text[]) OR parameters ->> 'encounter' = ANY(${encounters}::text[]))`,
  );
  await execute(
    sql`UPDATE grant_context SET context = context - 'encounter'
      WHERE sandbox_id = ${sandboxId}::int AND context ->> 'encounter' = ANY(${encounters}::text[])`,
  );
  await endGrants(sql`sandbox_id = ${sandboxId}::int AND context ->> 'patient' = ANY(${patients}::text[])`);
}
