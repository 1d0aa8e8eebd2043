/** The states of a launch: an app may still use it, has used it, came too late, or may not since it was withdrawn. */
export const launchStatuses = ['pending', 'used', 'expired', 'withdrawn'] as const;
export type LaunchStatus = (typeof launchStatuses)[number];

/** The times that decide the status of a launch. */
interface LaunchTimes {
  expiresAt: Date;
  usedAt?: Date | undefined;
  withdrawnAt?: Date | undefined;
}

/** The status of a launch at the moment `now`. One that was used in time stays used. */
export function launchStatus({ expiresAt, usedAt, withdrawnAt }: LaunchTimes, now: Date): LaunchStatus {
  if (usedAt) return 'used';
  if (withdrawnAt) return 'withdrawn';
  return expiresAt <= now ? 'expired' : 'pending';
}
