import type { Role } from '#lib/smart/role.ts';
import { database } from '../database/database.ts';
import { endAllSessions } from '../session/end-sessions.ts';

/** The roles, each of which may do more than those after it. */
const roles: readonly Role[] = ['admin', 'clinician', 'patient'];

/**
 * Ends the sessions of a user whose role in a sandbox has become one that may do less. Those of an account that belongs
 * to other sandboxes too go on: they are no matter of this one, which reads the role anew with each request anyway.
 */
export async function signOutDemoted(userId: string, { from, to }: { from: Role; to: Role }): Promise<void> {
  if (roles.indexOf(to) <= roles.indexOf(from)) return;
  if ((await database().membership.count({ where: { userId } })) === 1) await endAllSessions(userId);
}
