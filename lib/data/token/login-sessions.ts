import { database } from '../database/database.ts';
import { findPayloadByUid } from './oidc-payloads.ts';

/** Whether the login session `uid` at a sandbox's authorization server is still that of `userId` at `now`. */
export async function isLoginSession(sandboxId: number, uid: string, userId: string, now: Date): Promise<boolean> {
  const session = await findPayloadByUid({ sandboxId, model: 'Session' }, uid);
  return session?.accountId === userId && typeof session.exp === 'number' && session.exp * 1000 > now.getTime();
}

/** Ends the login sessions of a user at every authorization server here, and with them what `online_access` may refresh. */
export async function endLoginSessions(userId: string): Promise<void> {
  await database().oidcPayload.deleteMany({
    where: { model: 'Session', payload: { path: ['accountId'], equals: userId } },
  });
}
