import { randomBytes } from 'node:crypto';
import { database } from '../database/database.ts';
import { query, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { endAccess } from '../token/end-access.ts';
import { hashPassword } from './passwords.ts';
import { setPassword } from './set-password.ts';

/** A password that nobody has chosen: 96 random bits, which its user must change at the first sign-in. */
export function generatePassword(): string {
  return randomBytes(12).toString('base64url');
}

/** Why an administrator may not reset a password: there is no such member, it is their own, or also another sandbox's. */
export type ResetRefusal = 'no-such-member' | 'own' | 'elsewhere';

/**
 * Gives a member of the sandbox a generated password, which is returned and cannot be read later. Their sessions end, and
 * all access of apps, since the one before may have been known to others. Only an account that belongs to no other
 * sandbox: whoever resets a password can take the account over. Invitations of other sandboxes are withdrawn for the same
 * reason, as they were meant for whoever had the account before.
 */
export async function resetPassword(
  sandboxId: number,
  userId: string,
  resetBy: string,
): Promise<{ username: string; password: string } | ResetRefusal> {
  const password = generatePassword();
  const passwordHash = await hashPassword(password);
  return inTransaction(async () => {
    const member = await resettable(sandboxId, userId, resetBy);
    if (typeof member === 'string') return member;
    await setPassword(userId, { passwordHash, mustChange: true });
    await endAccess(userId);
    return { username: member.username, password };
  });
}

async function resettable(
  sandboxId: number,
  userId: string,
  resetBy: string,
): Promise<{ username: string } | ResetRefusal> {
  // The lock makes whoever adds the account to another sandbox meanwhile wait.
  const [user] = await query<{ username: string }>(sql`SELECT username FROM "user" WHERE id = ${userId} FOR UPDATE`);
  const memberships = await database().membership.findMany({ where: { userId }, select: { sandboxId: true } });
  if (!user || !memberships.some((membership) => membership.sandboxId === sandboxId)) return 'no-such-member';
  if (userId === resetBy) return 'own';
  if (memberships.length > 1) return 'elsewhere';
  await database().invitation.deleteMany({ where: { OR: [{ username: user.username }, { userId }] } });
  return user;
}
