import { z } from 'zod';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * How long tokens live where a registration does not say otherwise, in seconds.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#obtain-access-token
 */
export const usualLifetimes = {
  accessToken: hour,
  /** Backend services get their next token without a user: SMART recommends five minutes at most. */
  serviceAccessToken: 5 * minute,
  /** With `offline_access`, from the last refresh. */
  refreshToken: 90 * day,
  /** The login session, and with it what `online_access` may refresh. */
  session: 12 * hour,
};

/** What a registration may choose, in seconds. A day is for tests that run long; SMART recommends an hour at most. */
export const lifetimeLimits = {
  accessToken: { min: minute, max: day },
  refreshToken: { min: 5 * minute, max: 365 * day },
};

/** A lifetime in whole seconds within `limits`. */
export function lifetime({ min, max }: { min: number; max: number }) {
  const message = `must be a whole number of seconds from ${min} to ${max}`;
  return z.number(message).int(message).min(min, message).max(max, message);
}
