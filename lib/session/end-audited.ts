import { recordAccount } from '#lib/audit/record-account.ts';
import { endSession } from '#lib/data/session/end-sessions.ts';
import type { Session } from '#lib/data/session/find-session.ts';

/** Ends the session of a user who signs out at the EHR, and records that. */
export async function endAudited({ id, user }: Session): Promise<void> {
  await endSession(user.id, id);
  await recordAccount({ interaction: 'sign-out', account: user });
}
