import { execute, sql } from '../database/sql.ts';
import { noteLastUse } from '../last-use.ts';

/** A grant whose token was used or refreshed; `lastUsedAt` if the caller has read it anyway. */
interface UsedGrant {
  grantId: string;
  lastUsedAt?: Date;
}

/** Records, to the minute, that a grant was used at `now` (epoch milliseconds); see `noteLastUse`. */
export function noteUse(sandboxId: number, grant: UsedGrant | undefined, now = Date.now()): void {
  if (!grant) return;
  const { grantId, lastUsedAt } = grant;
  const write = (at: Date, before: Date) =>
    execute(
      sql`UPDATE grant_context SET last_used_at = ${at}::timestamptz
        WHERE grant_id = ${grantId} AND sandbox_id = ${sandboxId}::int AND last_used_at <= ${before}::timestamptz`,
    );
  noteLastUse({ what: 'an app', id: `${sandboxId} ${grantId}`, lastUsedAt, write }, new Date(now));
}
