import { patientsOf } from '#lib/smart/permission/member-permission.ts';
import type { Role } from '#lib/smart/role.ts';
import { requireTransaction } from '../database/ambient.ts';
import { execute, type Sql, sql } from '../database/sql.ts';
import { endGrants } from '../token/end-grants.ts';

/** What a member may do now, and for whom. */
interface NewStanding {
  role: Role;
  fhirUser: string | null;
  proxyFor: string[];
}

/**
 * Ends what apps may do for a patient user about patients who are not theirs any more, in the transaction that changes
 * the membership: grants with all their tokens, launches that nobody has used, and cards.
 */
export async function endLostPatients(sandboxId: number, userId: string, standing: NewStanding): Promise<void> {
  requireTransaction();
  const { role, fhirUser, proxyFor } = standing;
  if (role !== 'patient') return;
  const own = patientsOf({ role, fhirUser: fhirUser ?? undefined, proxyFor });
  const ofUser = sql`sandbox_id = ${sandboxId}::int AND user_id = ${userId}`;
  const isLost = (patient: Sql) => sql`${patient} <> ALL(${own}::text[])`;
  await endGrants(sql`${ofUser} AND ${isLost(sql`context ->> 'patient'`)}`);
  await execute(
    sql`UPDATE launch_context SET withdrawn_at = now()
      WHERE ${ofUser} AND ${isLost(sql`parameters ->> 'patient'`)} AND used_at IS NULL AND withdrawn_at IS NULL`,
  );
  await execute(sql`DELETE FROM cds_card WHERE ${ofUser} AND ${isLost(sql`patient_id`)}`);
}
