import { cookies } from 'next/headers';
import { recordAccount } from '#lib/audit/record-account.ts';
import { changePassword, type PasswordChange } from '#lib/data/member/change-password.ts';
import { type AttemptLimit, admitAttempt, forgetAttempts, takeBackLater } from '#lib/data/member/failed-attempts.ts';
import type { Session } from '#lib/data/session/find-session.ts';
import { sessionCookie } from './session-cookie.ts';

/** How often the present password may be wrong: whoever comes upon an open browser must not find it out. */
export const passwordLimit: AttemptLimit = { attempts: 10, minutes: 15 };

/**
 * Changes the password of the user of this browser's session, and gives the browser the cookie with which its session
 * goes on.
 * @returns why it was not changed
 */
export async function changeOwnPassword(
  { id: sessionId, user, endsAt }: Session,
  change: PasswordChange,
): Promise<'wrong' | 'too-many-attempts' | undefined> {
  const subject = `password ${user.id}`;
  if (!(await admitAttempt(subject, passwordLimit))) return refused(user, 'too-many-attempts');
  const changed = await changePassword({ sessionId, userId: user.id }, change).catch((thrown: unknown) => {
    takeBackLater([subject]);
    throw thrown;
  });
  if (changed === 'wrong') return refused(user, 'wrong');
  await forgetAttempts(subject);
  const about = { by: 'user', access: change.endsAccess ? 'ended' : undefined };
  await recordAccount({ interaction: 'password', account: user, about });
  if (changed.secret) (await cookies()).set(await sessionCookie(changed.secret, endsAt));
  return undefined;
}

const statuses = { wrong: 401, 'too-many-attempts': 429 };

async function refused(account: Session['user'], reason: keyof typeof statuses): Promise<keyof typeof statuses> {
  const event = { status: statuses[reason], counted: reason !== 'wrong', about: { by: 'user', reason } };
  await recordAccount({ interaction: 'password', account, ...event });
  return reason;
}
