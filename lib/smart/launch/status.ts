/** What became of a launch: an app may still use it, has used it, came too late, or will not because it was taken back. */
export const launchStatuses = ['pending', 'used', 'expired', 'withdrawn'] as const;
export type LaunchStatus = (typeof launchStatuses)[number];

/** When what happened to a launch that decides its status. */
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
