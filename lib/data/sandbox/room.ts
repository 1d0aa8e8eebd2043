import { env } from '#lib/env.ts';
import { database } from '../database/database.ts';
import { notDeleted } from './deleted-sandboxes.ts';

/**
 * The sentence that refuses one more member or invitation; undefined when the sandbox has room. What is added at the
 * same moment is not seen, so that a few more may get in.
 */
export async function noRoomForUser(sandboxId: number): Promise<string | undefined> {
  const where = { sandboxId };
  const counts = [database().membership.count({ where }), database().invitation.count({ where })];
  const [members = 0, invitations = 0] = await Promise.all(counts);
  const { sandboxUsers } = env().limits;
  if (members + invitations < sandboxUsers) return undefined;
  return `A sandbox may have ${sandboxUsers} members and invitations on this server (MAX_SANDBOX_USERS).`;
}

/** The sentence that refuses one more app; undefined when the sandbox has room, as far as can be seen at this moment. */
export async function noRoomForClient(sandboxId: number): Promise<string | undefined> {
  const { sandboxClients } = env().limits;
  if ((await database().client.count({ where: { sandboxId } })) < sandboxClients) return undefined;
  return `A sandbox may have ${sandboxClients} apps on this server (MAX_SANDBOX_CLIENTS).`;
}

/**
 * The sentence that refuses one more sandbox to somebody who administers enough of them; undefined when they may make
 * one, as far as can be seen at this moment.
 */
export async function noRoomForSandbox(userId: string): Promise<string | undefined> {
  const { sandboxesPerOwner } = env().limits;
  const where = { userId, role: 'admin' as const, sandbox: notDeleted };
  if ((await database().membership.count({ where })) < sandboxesPerOwner) return undefined;
  return `Who administers ${sandboxesPerOwner} sandboxes of this server makes no other (MAX_SANDBOXES_PER_OWNER).`;
}
