import { outsideTransaction } from '../database/ambient.ts';
import { execute, sql } from '../database/sql.ts';

/** A grant whose token was shown or renewed; `lastUsedAt` where the caller has read it anyway. */
interface UsedGrant {
  grantId: string;
  lastUsedAt?: Date;
}

const minute = 60_000;

/** Writes under way, by grant: whoever comes meanwhile has nothing to add. */
const writing = new Map<string, Promise<void>>();

/**
 * Notes that a grant was used at `now` (epoch milliseconds), to the minute: at most one write a minute and grant. The
 * caller does not wait for it; a failure is logged and harms nobody.
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

/** Resolves when every use noted so far is written. @internal */
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
