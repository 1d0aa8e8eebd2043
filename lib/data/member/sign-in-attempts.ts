import { query, sql } from '../database/sql.ts';
import { type AttemptLimit, admitAttempt, forgetAttempts, takeBackAttempt } from './failed-attempts.ts';

const minutes = 15;

/** How many attempts to sign in one username has from one place in how many minutes. */
export const attemptLimit: AttemptLimit = { attempts: 10, minutes };
/** How many attempts come from one network, whichever names they try. */
const networkLimit: AttemptLimit = { attempts: 50, minutes };
/** How many attempts one username has from all places together, except from browsers that its owner has used before. */
const nameLimit: AttemptLimit = { attempts: 50, minutes };
/** Where so many different names failed in that time, only browsers that signed in before may go on. */
const maxNames = 500;

/** An attempt to sign in: which name, and from where. */
export interface SignInAttempt {
  username: string;
  /** The network it comes from; undefined where that is unknown or tells nothing. */
  network?: string | undefined;
  /**
   * Names the browser if this user has signed in with it before. It is counted by itself, so that strangers who fail
   * do not lock the owner out.
   */
  knownBrowser?: string | undefined;
}

/**
 * Counts an attempt to sign in, before its password is checked: at the name from one place, from the network, and at
 * the name from anywhere. Refused attempts are not counted further, so that they lock nobody else out.
 * @returns whether it may continue.
 */
export async function admitSignInAttempt(attempt: SignInAttempt, now = new Date()): Promise<boolean> {
  const { network, username, knownBrowser } = attempt;
  if (!(await admitAttempt(placeOf(attempt), attemptLimit, now))) return false;
  if (knownBrowser !== undefined) return true;
  if (network !== undefined && !(await admitAttempt(networkOf(network), networkLimit, now))) return false;
  return (await admitAttempt(nameOf(username), nameLimit, now)) && !(await areTooManyNames(now));
}

/** Takes back what was counted, because the owner of the name has signed in: their own failures, and this attempt. */
export async function forgetSignInAttempts(attempt: SignInAttempt): Promise<void> {
  await forgetAttempts(placeOf(attempt));
  if (attempt.knownBrowser !== undefined) return;
  // The failures of others in this network, or at this name, stay counted: else who has one account could go on forever.
  if (attempt.network !== undefined) await takeBackAttempt(networkOf(attempt.network));
  await takeBackAttempt(nameOf(attempt.username));
}

async function areTooManyNames(now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - minutes * 60_000);
  const [row] = await query<{ names: number }>(
    sql`SELECT count(*)::int AS names FROM (SELECT FROM failed_attempt
      WHERE subject LIKE 'sign-in name %' AND window_started_at >= ${since}::timestamptz LIMIT ${maxNames + 1}::int) AS found`,
  );
  return (row?.names ?? 0) > maxNames;
}

function placeOf({ username, network = '', knownBrowser }: SignInAttempt): string {
  return knownBrowser === undefined
    ? `sign-in from ${network} as ${username}`
    : `sign-in by ${knownBrowser} as ${username}`;
}

const networkOf = (network: string) => `sign-in network ${network}`;
const nameOf = (username: string) => `sign-in name ${username}`;
