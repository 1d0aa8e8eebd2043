import { database } from '../database/database.ts';
import { findPayloadByUid } from './oidc-payloads.ts';

/**
 * Tells whether the login session `uid` at a sandbox's authorization server belongs to `userId` and is alive at `now`.
 */
export async function isLoginSession(sandboxId: number, uid: string, userId: string, now: Date): Promise<boolean> {
  const session = await findPayloadByUid({ sandboxId, model: 'Session' }, uid);
  return session?.accountId === userId && typeof session.exp === 'number' && session.exp * 1000 > now.getTime();
}

/**
 * Ends a user's login sessions at the authorization servers of all sandboxes, so that `online_access` cannot be
 * refreshed.
 */
export async function endLoginSessions(userId: string): Promise<void> {
  await database().oidcPayload.deleteMany({
    where: { model: 'Session', payload: { path: ['accountId'], equals: userId } },
  });
}
