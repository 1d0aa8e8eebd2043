import { execute, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { endAllSessions, endOtherSessions } from '../session/end-sessions.ts';

/** A password as it is set; `mustChange` when somebody else than its user knows it. */
export interface NewPassword {
  passwordHash: string;
  mustChange: boolean;
}

/**
 * Sets the password of a user and ends their sessions, but for `kept`. Every change of a password goes through here, so
 * that none leaves a session behind.
 * @param was the hash that it replaces, if it must still be that one
 * @returns whether it was set; false when another change came first
 */
export function setPassword(
  userId: string,
  { passwordHash, mustChange }: NewPassword,
  { was, kept }: { was?: string; kept?: string } = {},
): Promise<boolean> {
  return inTransaction(async () => {
    // Before the sessions: a sign-in with the old password that is under way holds a lock on the user.
    const set = await execute(
      sql`UPDATE "user" SET password_hash = ${passwordHash}, must_change_password = ${mustChange}
        WHERE id = ${userId} AND (${was ?? null}::text IS NULL OR password_hash = ${was ?? null}::text)`,
    );
    if (set === 0) return false;
    if (kept === undefined) await endAllSessions(userId);
    else await endOtherSessions(userId, kept);
    return true;
  });
}
