/** The states of a launch: an app may still use it, has used it, came too late, or may not since it was withdrawn. */
export const launchStatuses = ['pending', 'used', 'expired', 'withdrawn'] as const;
export type LaunchStatus = (typeof launchStatuses)[number];

/** The moments that decide a launch's status. */
interface LaunchTimes {
  expiresAt: Date;
  usedAt?: Date | undefined;
  withdrawnAt?: Date | undefined;
}

/**
 * The status of a launch at the moment `now`. Use outlasts everything: a used launch neither expires nor is withdrawn.
 * From the very moment `expiresAt` on, it has expired.
 */
export function launchStatus({ expiresAt, usedAt, withdrawnAt }: LaunchTimes, now: Date): LaunchStatus {
  if (usedAt) return 'used';
  if (withdrawnAt) return 'withdrawn';
  return expiresAt <= now ? 'expired' : 'pending';
}
