import { database } from '../database/database.ts';

/** How many attempts are admitted in how many minutes. */
export interface AttemptLimit {
  attempts: number;
  minutes: number;
}

/** The longest period of any limit: older attempts can be deleted. */
const minutesOfADay = 24 * 60;

/**
 * Counts an attempt at `subject`, a text that says what is tried and by whom or for whom. It is counted before its
 * outcome is known, so that simultaneous attempts cannot slip past the limit, and in the database, since several
 * processes serve.
 * @returns whether the attempt may go on.
 */
export async function admitAttempt(subject: string, limit: AttemptLimit, now = new Date()): Promise<boolean> {
  const before = (minutes: number) => ({ lt: new Date(now.getTime() - minutes * 60_000) });
  await database().failedAttempt.deleteMany({
    where: { OR: [{ subject, windowStartedAt: before(limit.minutes) }, { windowStartedAt: before(minutesOfADay) }] },
  });
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
  await database().failedAttempt.updateMany({ where: { subject }, data: { failures: { decrement: 1 } } });
  await database().failedAttempt.deleteMany({ where: { subject, failures: { lte: 0 } } });
}
