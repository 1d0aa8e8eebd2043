import { processWide } from '#lib/work/process-wide.ts';
import { outsideTransaction } from '../database/ambient.ts';
import { execute, sql } from '../database/sql.ts';

/** A grant whose token was used or refreshed; `lastUsedAt` if the caller has read it anyway. */
interface UsedGrant {
  grantId: string;
  lastUsedAt?: Date;
}

const minute = 60_000;

/** The writes in progress, by grant; further uses meanwhile need no write of their own. */
const writing = processWide('token-uses', () => new Map<string, Promise<void>>());

/**
 * Records, to the minute, that a grant was used at `now` (epoch milliseconds), with at most one write per minute and
 * grant. The caller does not wait, and a failure is only logged.
 */
export function noteUse(sandboxId: number, grant: UsedGrant | undefined, now = Date.now()): void {
  if (!grant || (grant.lastUsedAt && now - grant.lastUsedAt.getTime() < minute)) return;
  const key = `${sandboxId} ${grant.grantId}`;
  if (writing.has(key)) return;
  const written = outsideTransaction(() => write(sandboxId, grant.grantId, new Date(now)))
    .catch((error) => console.error('When an app was last used could not be written:', error))
    .finally(() => writing.delete(key));
  writing.set(key, written);
}

/** Resolves when every use recorded so far has been written. @internal */
export async function usesNoted(): Promise<void> {
  await Promise.all(writing.values());
}

async function write(sandboxId: number, grantId: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - minute);
  await execute(
    sql`UPDATE grant_context SET last_used_at = ${now}::timestamptz
      WHERE grant_id = ${grantId} AND sandbox_id = ${sandboxId}::int AND last_used_at <= ${before}::timestamptz`,
  );
}
