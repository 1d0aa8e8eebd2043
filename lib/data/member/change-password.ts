import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { renewSession } from '../session/begin-session.ts';
import { endAccess } from '../token/end-access.ts';
import { hashPassword, matchesPassword } from './passwords.ts';
import { setPassword } from './set-password.ts';

/** A change of the own password: the present one, the new one, and whether apps lose their access too. */
export interface PasswordChange {
  current: string;
  chosen: string;
  endsAccess: boolean;
}

/**
 * Changes the password of the user of a session. Their other sessions end; this one goes on under another secret, so that
 * copies of its cookie end too.
 * @returns the session's new secret, undefined if it has ended meanwhile; or that `current` is not the password
 */
export async function changePassword(
  { sessionId, userId }: { sessionId: string; userId: string },
  { current, chosen, endsAccess }: PasswordChange,
): Promise<{ secret: string | undefined } | 'wrong'> {
  const found = await database().user.findUnique({ where: { id: userId }, select: { passwordHash: true } });
  if (!found || !(await matchesPassword(current, found.passwordHash, 'account'))) return 'wrong';
  const passwordHash = await hashPassword(chosen);
  return inTransaction(async () => {
    const change = { was: found.passwordHash, kept: sessionId };
    if (!(await setPassword(userId, { passwordHash, mustChange: false }, change))) return 'wrong';
    if (endsAccess) await endAccess(userId);
    return { secret: await renewSession(userId, sessionId) };
  });
}
