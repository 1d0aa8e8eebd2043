import { cookies } from 'next/headers';
import { findCurrentSession } from './current-user.ts';
import { endAudited } from './end-audited.ts';
import { noSessionCookie } from './session-cookie.ts';

/**
 * Signs out the browser that called the server action, and every copy of its cookie; other browsers stay signed in. Apps
 * that were opened in this session can no longer refresh with `online_access`.
 */
export async function signOutHere(): Promise<void> {
  const session = await findCurrentSession();
  if (session) await endAudited(session);
  (await cookies()).set(noSessionCookie());
}
