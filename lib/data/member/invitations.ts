import type { Role } from '#lib/smart/role.ts';
import { database } from '../database/database.ts';
import { query, sql } from '../database/sql.ts';
import type { User } from './users.ts';

/** A sandbox that a user was invited to. */
export interface OwnInvitation {
  sandboxId: number;
  name: string;
  role: Role;
  invitedBy: string;
}

/** The sandboxes that the user with this name is invited to. */
export async function findInvitationsOf(username: string): Promise<OwnInvitation[]> {
  const select = { sandboxId: true, role: true, invitedBy: true, sandbox: { select: { name: true } } } as const;
  const rows = await database().invitation.findMany({ where: { username }, select, orderBy: { createdAt: 'asc' } });
  return rows.map(({ sandbox, ...invitation }) => ({ ...invitation, name: sandbox.name }));
}

/**
 * Makes the user a member in the role of their invitation, or declines it, in one statement: an invitation is answered
 * once, however often it is sent.
 * @returns whether there was an invitation
 */
export async function answerInvitation(
  sandboxId: number,
  { id: userId, username }: User,
  accepts: boolean,
): Promise<boolean> {
  const [row] = await query<{ answered: number }>(
    sql`WITH answered AS (
        DELETE FROM invitation WHERE sandbox_id = ${sandboxId}::int AND username = ${username}
        RETURNING sandbox_id, role, fhir_user, proxy_for),
      joined AS (INSERT INTO membership (sandbox_id, user_id, role, fhir_user, proxy_for)
        SELECT sandbox_id, ${userId}, role, fhir_user, proxy_for FROM answered WHERE ${accepts}::boolean
        ON CONFLICT DO NOTHING)
      SELECT count(*)::int AS answered FROM answered`,
  );
  return row?.answered === 1;
}
