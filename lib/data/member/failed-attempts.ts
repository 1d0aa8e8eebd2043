import { log } from '#lib/log/log.ts';
import { database } from '../database/database.ts';
import { deleteInSlices } from '../database/delete-in-slices.ts';
import { persist } from '../database/persist.ts';
import { sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { daysBefore } from '../days-before.ts';

/** How many attempts are admitted in how many minutes. */
export interface AttemptLimit {
  attempts: number;
  minutes: number;
}

/**
 * Counts an attempt at `subject`, a text that says what is tried and by whom or for whom. It is counted before its
 * outcome is known, so that simultaneous attempts cannot slip past the limit, and in the database, since several
 * processes serve.
 * @returns whether the attempt may go on.
 */
export async function admitAttempt(subject: string, limit: AttemptLimit, now = new Date()): Promise<boolean> {
  const before = { lt: new Date(now.getTime() - limit.minutes * 60_000) };
  await database().failedAttempt.deleteMany({ where: { subject, windowStartedAt: before } });
  const { failures } = await database().failedAttempt.upsert({
    where: { subject },
    create: { subject, failures: 1, windowStartedAt: now },
    update: { failures: { increment: 1 } },
    select: { failures: true },
  });
  return failures <= limit.attempts;
}

/** Deletes the counted attempts at `subject`, because one has succeeded. */
export async function forgetAttempts(subject: string): Promise<void> {
  await database().failedAttempt.deleteMany({ where: { subject } });
}

/** Takes back one counted attempt at `subject`, because this one has succeeded; other failures stay counted. */
export async function takeBackAttempt(subject: string): Promise<void> {
  // All of it or nothing: whoever tries again after half of it would take back the failure of somebody else.
  await inTransaction(async () => {
    await database().failedAttempt.updateMany({ where: { subject }, data: { failures: { decrement: 1 } } });
    await database().failedAttempt.deleteMany({ where: { subject, failures: { lte: 0 } } });
  });
}

/**
 * Takes back an attempt at each of `subjects`, because it was neither right nor wrong: the database was in trouble. It is
 * done as soon as that is over; the attempts would be forgotten by themselves some time later.
 */
export function takeBackLater(subjects: readonly string[]): void {
  for (const subject of subjects) {
    persist(() => takeBackAttempt(subject), { most: 15 * 60_000 }).catch((error) =>
      log.error('An attempt that was not checked stays counted.', { error }),
    );
  }
}

/** Deletes what was counted more than a day before `now`, the longest period of any limit. */
export async function sweepAttempts(now: Date): Promise<void> {
  await deleteInSlices(sql`failed_attempt`, sql`window_started_at < ${daysBefore(now, 1)}::timestamptz`);
}
