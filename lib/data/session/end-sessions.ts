import { env } from '#lib/env.ts';
import { deleteInSlices } from '../database/delete-in-slices.ts';
import { execute, sql } from '../database/sql.ts';

// A session ends when its row is gone: every process looks for the row with each request.

/** Ends a session of a user; nothing happens to sessions of others. @returns whether there was one. */
export async function endSession(userId: string, sessionId: string): Promise<boolean> {
  return (await execute(sql`DELETE FROM ehr_session WHERE user_id = ${userId} AND id = ${sessionId}`)) > 0;
}

/** Ends all sessions of a user except `kept`. @returns how many there were. */
export function endOtherSessions(userId: string, kept: string): Promise<number> {
  return execute(sql`DELETE FROM ehr_session WHERE user_id = ${userId} AND id <> ${kept}`);
}

/** Ends all sessions of a user. */
export async function endAllSessions(userId: string): Promise<void> {
  await execute(sql`DELETE FROM ehr_session WHERE user_id = ${userId}`);
}

/** Deletes the sessions that one of the limits has ended by `now`. */
export async function sweepSessions(now: Date): Promise<void> {
  const idleSince = new Date(now.getTime() - env().session.maxIdleSeconds * 1000);
  await deleteInSlices(
    sql`ehr_session`,
    sql`ends_at <= ${now}::timestamptz OR last_used_at <= ${idleSince}::timestamptz`,
  );
}
