import type { Role } from '#lib/smart/role.ts';
import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
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

/** Makes the user a member in the role of their invitation, or declines it. @returns whether there was an invitation. */
export function answerInvitation(
  sandboxId: number,
  { id: userId, username }: User,
  accepts: boolean,
): Promise<boolean> {
  return inTransaction(async () => {
    const where = { sandboxId_username: { sandboxId, username } };
    const asked = await database().invitation.findUnique({ where });
    if (!asked) return false;
    await database().invitation.delete({ where });
    if (!accepts) return true;
    const { role, fhirUser, proxyFor } = asked;
    await database().membership.createMany({
      data: [{ sandboxId, userId, role, fhirUser, proxyFor }],
      skipDuplicates: true,
    });
    return true;
  });
}
