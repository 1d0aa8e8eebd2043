import { execute, sql } from '../database/sql.ts';
import { noteLastUse } from '../last-use.ts';

/**
 * Records, to the minute, that a session was used at `now`; every query that reads a sign-in calls it with what it has
 * read. See `noteLastUse`.
 */
export function noteSessionUse(sessionId: string, lastUsedAt: Date, now = new Date()): void {
  const write = (at: Date, before: Date) =>
    execute(
      sql`UPDATE ehr_session SET last_used_at = ${at}::timestamptz
        WHERE id = ${sessionId} AND last_used_at <= ${before}::timestamptz`,
    );
  noteLastUse({ what: 'a session', id: sessionId, lastUsedAt, write }, now);
}
