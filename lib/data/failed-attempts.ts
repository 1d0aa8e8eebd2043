import { database } from './database.ts';

/** How many attempts are let through before one must wait, and for how long. */
export interface AttemptLimit {
  attempts: number;
  minutes: number;
}

/**
 * Counts an attempt at `subject` (what is tried, and by whom or for whom) before it is known whether it succeeds, so
 * that attempts made at once cannot slip past the limit; kept in the database, since several processes may serve them.
 * @returns whether the attempt may go on.
 */
export async function admitAttempt(subject: string, limit: AttemptLimit, now = new Date()): Promise<boolean> {
  const oldest = new Date(now.getTime() - limit.minutes * 60_000);
  await database().failedAttempt.deleteMany({ where: { subject, windowStartedAt: { lt: oldest } } });
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
