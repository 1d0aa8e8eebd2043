import { processWide } from '#lib/work/process-wide.ts';
import { outsideTransaction } from '../database/ambient.ts';
import { execute, sql } from '../database/sql.ts';

const minute = 60_000;

/** The writes in progress, by session; further uses meanwhile need no write of their own. */
const writing = processWide('session-uses', () => new Map<string, Promise<void>>());

/**
 * Records, to the minute, that a session was used at `now`; every query that reads a sign-in calls it with what it has
 * read. Nobody waits for the write, there is one a minute at most, and a failure is only logged.
 */
export function noteSessionUse(sessionId: string, lastUsedAt: Date, now = new Date()): void {
  if (now.getTime() - lastUsedAt.getTime() < minute || writing.has(sessionId)) return;
  const written = outsideTransaction(() => write(sessionId, now))
    .catch((error) => console.error('When a session was last used could not be written:', error))
    .finally(() => writing.delete(sessionId));
  writing.set(sessionId, written);
}

/** Resolves when every use recorded so far has been written. @internal */
export async function sessionUsesNoted(): Promise<void> {
  await Promise.all(writing.values());
}

async function write(sessionId: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - minute);
  await execute(
    sql`UPDATE ehr_session SET last_used_at = ${now}::timestamptz
      WHERE id = ${sessionId} AND last_used_at <= ${before}::timestamptz`,
  );
}
