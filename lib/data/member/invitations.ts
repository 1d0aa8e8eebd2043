import { env } from '#lib/env.ts';
import type { Role } from '#lib/smart/role.ts';
import { database } from '../database/database.ts';
import { daysBefore } from '../database/days-before.ts';
import { deleteInSlices } from '../database/delete-in-slices.ts';
import { query, sql } from '../database/sql.ts';
import type { Standing } from './members.ts';

/** A sandbox that a user was invited to. */
export interface OwnInvitation {
  sandboxId: number;
  name: string;
  role: Role;
  invitedBy: string;
}

/** The open invitations to a sandbox, by username; there may be no user of that name. */
export function findInvitations(sandboxId: number): Promise<{ username: string; role: Role }[]> {
  const select = { username: true, role: true } as const;
  return database().invitation.findMany({ where: { sandboxId }, select, orderBy: { username: 'asc' } });
}

/**
 * Invites the account that has this name now; whoever gets the name later is somebody else. The result does not tell
 * whether there is one, so that names cannot be guessed.
 */
export async function inviteMember(
  sandboxId: number,
  username: string,
  invitation: Standing & { invitedBy: string },
): Promise<void> {
  const account = await database().user.findUnique({ where: { username }, select: { id: true } });
  // Asking again is a new invitation, which is open as long as any.
  const asked = { ...invitation, userId: account?.id ?? null, createdAt: new Date() };
  await database().invitation.upsert({
    where: { sandboxId_username: { sandboxId, username } },
    create: { sandboxId, username, ...asked },
    update: asked,
  });
}

/** Withdraws an invitation; false when there was none. */
export async function withdrawInvitation(sandboxId: number, username: string): Promise<boolean> {
  return (await database().invitation.deleteMany({ where: { sandboxId, username } })).count > 0;
}

/** The sandboxes that the account with this id is invited to. */
export async function findInvitationsOf(userId: string): Promise<OwnInvitation[]> {
  const select = { sandboxId: true, role: true, invitedBy: true, sandbox: { select: { name: true } } } as const;
  const rows = await database().invitation.findMany({ where: { userId }, select, orderBy: { createdAt: 'asc' } });
  return rows.map(({ sandbox, ...invitation }) => ({ ...invitation, name: sandbox.name }));
}

/**
 * Makes the account a member in the role of its invitation, or declines it, in one statement: an invitation is answered
 * once, however often it is sent.
 * @returns whether there was an invitation
 */
export async function answerInvitation(sandboxId: number, userId: string, accepts: boolean): Promise<boolean> {
  const [row] = await query<{ answered: number }>(
    sql`WITH answered AS (
        DELETE FROM invitation WHERE sandbox_id = ${sandboxId}::int AND user_id = ${userId}
        RETURNING sandbox_id, role, fhir_user, proxy_for),
      joined AS (INSERT INTO membership (sandbox_id, user_id, role, fhir_user, proxy_for)
        SELECT sandbox_id, ${userId}, role, fhir_user, proxy_for FROM answered WHERE ${accepts}::boolean
        ON CONFLICT DO NOTHING)
      SELECT count(*)::int AS answered FROM answered`,
  );
  return (row?.answered ?? 0) > 0;
}

/** Deletes the invitations that nobody has answered in time. */
export async function sweepInvitations(now: Date): Promise<void> {
  const oldest = daysBefore(now, env().retention.invitations);
  await deleteInSlices(sql`invitation`, sql`created_at < ${oldest}::timestamptz`);
}
