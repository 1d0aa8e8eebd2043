import { z } from 'zod';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * The lifetimes of tokens in seconds, where neither sandbox nor registration sets others.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#obtain-access-token
 */
export const usualLifetimes = {
  accessToken: hour,
  /** Short, since a backend service gets its next token without a user: SMART recommends five minutes at most. */
  serviceAccessToken: 5 * minute,
  /** With `offline_access`, counted from the last refresh. */
  refreshToken: 90 * day,
};

/** The lifetimes that a registration may set, in seconds. SMART recommends an hour at most; a day is for long tests. */
export const lifetimeLimits = {
  accessToken: { min: minute, max: day },
  refreshToken: { min: 5 * minute, max: 365 * day },
};

/** The rule of a lifetime: whole seconds within the limits. */
export function lifetime({ min, max }: { min: number; max: number }) {
  const message = `must be a whole number of seconds from ${min} to ${max}`;
  return z.number(message).int(message).min(min, message).max(max, message);
}
