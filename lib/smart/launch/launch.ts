import type { LaunchId } from './ids.ts';

/** The reasons for refusing a launch id. */
export type LaunchIdRefusal =
  | 'unknown'
  | 'expired'
  | 'used'
  | 'withdrawn'
  | 'foreign-sandbox'
  | 'foreign-client'
  | 'foreign-user';

/** The state of a launch that decides whether it may be used. */
export interface LaunchState {
  sandboxId: number;
  clientId: string;
  userId?: string;
  expiresAt: Date;
  usedAt?: Date;
  withdrawnAt?: Date;
}

/** An attempt to use a launch; without `userId` nobody is signed in yet. */
export interface LaunchUse {
  sandboxId: number;
  clientId: string;
  userId?: string;
}

/**
 * The launch URL of an app: `{launchUri}{?|&}iss={FHIR base}&launch={id}`. The launch URI's own parameters stay as they
 * are.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#launch-app-ehr-launch
 */
export function launchUrl(launchUri: string, iss: string, launchId: LaunchId): string {
  const url = new URL(launchUri);
  url.searchParams.set('iss', iss);
  url.searchParams.set('launch', launchId);
  return url.href;
}

/**
 * The reason to refuse the launch to `use` at the moment `now`; undefined: it may be used. Ownership is judged before
 * age, so that others do not learn what became of a launch.
 */
export function launchIdRefusal(
  launch: LaunchState | undefined,
  use: LaunchUse,
  now: Date,
): LaunchIdRefusal | undefined {
  if (!launch) return 'unknown';
  if (launch.sandboxId !== use.sandboxId) return 'foreign-sandbox';
  if (launch.clientId !== use.clientId) return 'foreign-client';
  if (launch.userId && use.userId && launch.userId !== use.userId) return 'foreign-user';
  if (launch.usedAt) return 'used';
  if (launch.withdrawnAt) return 'withdrawn';
  return launch.expiresAt <= now ? 'expired' : undefined;
}

/** Each refusal in words, as `error_description` and for the person at the browser. */
export const launchIdRefusalText: Record<LaunchIdRefusal, string> = {
  unknown: 'The launch id is not known here. Start the app again from the EHR.',
  expired: 'The launch id has expired: it is valid for a short time only. Start the app again from the EHR.',
  used: 'The launch id was already used: it is valid once. Start the app again from the EHR.',
  withdrawn: 'The launch was withdrawn before it was used. Start the app again from the EHR.',
  'foreign-sandbox': 'The launch id belongs to another sandbox. Send the app to the iss that the launch named.',
  'foreign-client': 'The launch id was made for another app. Check the client_id that the app sends.',
  'foreign-user':
    'The launch id was made for another user. Start the app again from the EHR while signed in as yourself.',
};

/** The refusal after too many attempts with other people's launch ids, whichever launch id comes next. */
export const tooManyGuesses =
  'Too many launch ids were tried here that are unknown or somebody else’s. Wait a quarter of an hour, then start the app again from the EHR.';
