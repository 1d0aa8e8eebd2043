import { log } from '#lib/log/log.ts';
import { processWide } from '#lib/work/process-wide.ts';
import { outsideTransaction } from './database/ambient.ts';

const minute = 60_000;

/** The writes in progress, by what is used; further uses meanwhile need no write of their own. */
const writing = processWide('last-uses', () => new Map<string, Promise<void>>());

/** Something whose last use is kept, to the minute. */
interface Used {
  /** What it is, for the log, such as `a session`. */
  what: string;
  id: string;
  /** The use that is written; undefined if the caller has not read it. */
  lastUsedAt?: Date | undefined;
  /** Writes `now`, unless a use later than `before` is written already. */
  write(now: Date, before: Date): Promise<unknown>;
}

/**
 * Records, to the minute, that something was used at `now`. Nobody waits for the write, there is one a minute at most for
 * each, and a failure is only logged.
 */
export function noteLastUse({ what, id, lastUsedAt, write }: Used, now: Date): void {
  const key = `${what} ${id}`;
  if ((lastUsedAt && now.getTime() - lastUsedAt.getTime() < minute) || writing.has(key)) return;
  const written = outsideTransaction(() => write(now, new Date(now.getTime() - minute)))
    .then(() => {})
    .catch((error) => log.error('When something was last used could not be written.', { what, error }))
    .finally(() => writing.delete(key));
  writing.set(key, written);
}

/** Resolves when every use recorded so far has been written. */
export async function usesNoted(): Promise<void> {
  await Promise.all(writing.values());
}
