import { database } from '../database/database.ts';

/** How many attempts are let through before one must wait, and for how long. */
export interface AttemptLimit {
  attempts: number;
  minutes: number;
}

/** No limit looks back further. */
const minutesOfADay = 24 * 60;

/**
 * Counts an attempt at `subject` (what is tried, and by whom or for whom) before it is known whether it succeeds, so
 * that attempts made at once cannot slip past the limit; kept in the database, since several processes may serve them.
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

/** Forgets the failures at `subject`: it has succeeded. */
export async function forgetAttempts(subject: string): Promise<void> {
  await database().failedAttempt.deleteMany({ where: { subject } });
}
