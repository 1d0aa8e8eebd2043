import { database } from './database.ts';

/** How many attempts one username has before it must wait, and for how long. */
export const attemptLimit = { attempts: 10, minutes: 15 };

/**
 * Counts an attempt to sign in as `username` before its password is looked at, so that attempts made at once
 * cannot slip past the limit; kept in the database, since several processes may serve sign-in.
 * @returns whether the attempt may go on.
 */
export async function admitSignInAttempt(username: string, now = new Date()): Promise<boolean> {
  const oldest = new Date(now.getTime() - attemptLimit.minutes * 60_000);
  await database().signInAttempt.deleteMany({ where: { windowStartedAt: { lt: oldest } } });
  const { failures } = await database().signInAttempt.upsert({
    where: { username },
    create: { username, failures: 1, windowStartedAt: now },
    update: { failures: { increment: 1 } },
    select: { failures: true },
  });
  return failures <= attemptLimit.attempts;
}

/** Forgets the failures of `username`: its owner has signed in. */
export async function forgetSignInAttempts(username: string): Promise<void> {
  await database().signInAttempt.deleteMany({ where: { username } });
}
