import { query, sql } from '../database/sql.ts';
import { type AttemptLimit, admitAttempt, forgetAttempts, takeBackAttempt, takeBackLater } from './failed-attempts.ts';

const minutes = 15;

/** How many attempts to sign in one username has from one place in how many minutes. */
export const attemptLimit: AttemptLimit = { attempts: 10, minutes };

/** How many attempts come from one network, from the wider one around it, and at one username from everywhere. */
interface Allowance {
  widerNetwork: AttemptLimit;
  network: AttemptLimit;
  name: AttemptLimit;
}

const usual: Allowance = {
  widerNetwork: { attempts: 250, minutes },
  network: { attempts: 50, minutes },
  name: { attempts: 50, minutes },
};
/** Where so many different names failed in that time, each network may fail only a few times; it locks nobody else out. */
const maxNames = 500;
const underAttack: Allowance = {
  ...usual,
  widerNetwork: { attempts: 10, minutes },
  network: { attempts: 5, minutes },
};
/** Then, how many attempts one username has from networks that nothing tells apart. */
const unknownNetworkLimit: AttemptLimit = { attempts: 3, minutes };

/** An attempt to sign in: which name, and from where. */
export interface SignInAttempt {
  username: string;
  /** The network it comes from; undefined where that is unknown or tells nothing. */
  network?: string | undefined;
  /** The network around that one, which somebody may own as a whole. */
  widerNetwork?: string | undefined;
  /**
   * Names the browser if this user has signed in with it before. It is counted by itself, so that strangers who fail
   * do not lock the owner out.
   */
  knownBrowser?: string | undefined;
}

/** Something that attempts are counted at, and how many it has. */
interface Count {
  subject: string;
  limit: AttemptLimit;
}

/**
 * Counts an attempt to sign in, before its password is checked: at the networks, at the name from one place, and at the
 * name from anywhere. A refused attempt is counted only where it was refused, so that it locks nobody else out and
 * counts as no further name.
 * @returns whether it may continue.
 */
export async function admitSignInAttempt(attempt: SignInAttempt, now = new Date()): Promise<boolean> {
  const counted: string[] = [];
  if (await countAtEach(await countsOf(attempt, now), counted, now)) return true;
  await takeBack(counted);
  return false;
}

/**
 * Counts an attempt at one after the other, until it is refused at one.
 * @param counted is given the subjects at which it was admitted; they are taken back when counting fails
 */
async function countAtEach(counts: Count[], counted: string[], now: Date): Promise<boolean> {
  try {
    for (const { subject, limit } of counts) {
      if (!(await admitAttempt(subject, limit, now))) return false;
      counted.push(subject);
    }
    return true;
  } catch (thrown) {
    takeBackLater(counted);
    throw thrown;
  }
}

/** Takes back an attempt that was neither right nor wrong, because its password could not be checked. Nobody waits for it. */
export function withdrawSignInAttempt(attempt: SignInAttempt): void {
  const beyond = attempt.knownBrowser === undefined ? wider(attempt) : [];
  takeBackLater([placeOf(attempt), ...beyond]);
}

/** Takes back what was counted, because the owner of the name has signed in: their own failures, and this attempt. */
export async function forgetSignInAttempts(attempt: SignInAttempt): Promise<void> {
  try {
    await forgetAttempts(placeOf(attempt));
  } catch (thrown) {
    withdrawSignInAttempt(attempt);
    throw thrown;
  }
  if (attempt.knownBrowser !== undefined) return;
  // The failures of others in this network, or at this name, stay counted: else who has one account could go on forever.
  await takeBack(wider(attempt));
}

/** Where an attempt counts beyond its name from its place. */
function wider(attempt: SignInAttempt): string[] {
  return [...networkCounts(attempt, usual).map(({ subject }) => subject), nameOf(attempt.username)];
}

/** Takes back an attempt at each of `subjects`; those at which the database does not let us, later. */
async function takeBack(subjects: readonly string[]): Promise<void> {
  for (const [at, subject] of subjects.entries()) {
    try {
      await takeBackAttempt(subject);
    } catch (thrown) {
      takeBackLater(subjects.slice(at));
      throw thrown;
    }
  }
}

/** Where this attempt counts, from the widest network to the name. */
async function countsOf(attempt: SignInAttempt, now: Date): Promise<Count[]> {
  const place = { subject: placeOf(attempt), limit: attemptLimit };
  if (attempt.knownBrowser !== undefined) return [place];
  const attacked = await areTooManyNames(now);
  const allowance = attacked ? underAttack : usual;
  if (attacked && attempt.network === undefined) place.limit = unknownNetworkLimit;
  const name = { subject: nameOf(attempt.username), limit: allowance.name };
  return [...networkCounts(attempt, allowance), place, name];
}

function networkCounts({ network, widerNetwork }: SignInAttempt, allowance: Allowance): Count[] {
  const counts: Count[] = [];
  if (widerNetwork !== undefined) counts.push({ subject: networkOf(widerNetwork), limit: allowance.widerNetwork });
  if (network !== undefined) counts.push({ subject: networkOf(network), limit: allowance.network });
  return counts;
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
