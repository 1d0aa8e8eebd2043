import { cookies } from 'next/headers';
import { recordAccount } from '#lib/audit/record-account.ts';
import { endSession } from '#lib/data/session/end-sessions.ts';
import { findCurrentSession } from './current-user.ts';
import { noSessionCookie } from './session-cookie.ts';

/**
 * Signs out the browser that called the server action, and every copy of its cookie; other browsers stay signed in. Apps
 * that were opened in this session can no longer refresh with `online_access`.
 */
export async function signOutHere(): Promise<void> {
  const session = await findCurrentSession();
  if (session) {
    await endSession(session.user.id, session.id);
    await recordAccount({ interaction: 'sign-out', account: session.user });
  }
  (await cookies()).set(noSessionCookie());
}
