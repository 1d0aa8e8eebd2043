import { admitAttempt, forgetAttempts } from './failed-attempts.ts';

/** How many attempts one username has before it must wait, and for how long. */
export const attemptLimit = { attempts: 10, minutes: 15 };

/** Counts an attempt to sign in as `username` before its password is looked at. @returns whether it may go on. */
export function admitSignInAttempt(username: string, now = new Date()): Promise<boolean> {
  return admitAttempt(subjectOf(username), attemptLimit, now);
}

/** Forgets the failures of `username`: its owner has signed in. */
export function forgetSignInAttempts(username: string): Promise<void> {
  return forgetAttempts(subjectOf(username));
}

function subjectOf(username: string): string {
  return `sign-in ${username}`;
}
