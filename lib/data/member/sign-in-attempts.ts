import { admitAttempt, forgetAttempts } from './failed-attempts.ts';

/** How many attempts to sign in one username has in how many minutes. */
export const attemptLimit = { attempts: 10, minutes: 15 };

/** Counts an attempt to sign in as `username`, before its password is checked. @returns whether it may continue. */
export function admitSignInAttempt(username: string, now = new Date()): Promise<boolean> {
  return admitAttempt(subjectOf(username), attemptLimit, now);
}

/** Deletes the counted attempts of `username`, because its owner has signed in. */
export function forgetSignInAttempts(username: string): Promise<void> {
  return forgetAttempts(subjectOf(username));
}

function subjectOf(username: string): string {
  return `sign-in ${username}`;
}
