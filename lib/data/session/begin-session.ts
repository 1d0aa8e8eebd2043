import { randomBytes, randomUUID } from 'node:crypto';
import { env } from '#lib/env.ts';
import { type SecretHash, secretHash } from '../database/secret-hash.ts';
import { execute, query, sql } from '../database/sql.ts';
import { isLive } from './live-session.ts';

/** What a browser says of itself when somebody signs in. */
export interface Device {
  /** In words, such as `Firefox on Windows`. */
  browser: string;
  address: string | undefined;
}

/** How many sessions one user has at most; a further sign-in ends the one that was not used for the longest time. */
const maxSessions = 50;

/**
 * Begins the session of a user who has given the password that `passwordHash` stands for, or goes on with theirs: when
 * the browser's session is still live, it keeps its id, and with it what apps were given in it, but gets a new secret
 * and a new end. A session of somebody else in this browser ends, as its cookie is replaced.
 * @param before the session of the browser so far
 * @returns the secret for the cookie; undefined when the password has been changed since it was checked
 */
export async function beginSession(
  { id: userId, passwordHash }: { id: string; passwordHash: string },
  device: Device,
  { before, now = new Date() }: { before?: SecretHash | undefined; now?: Date } = {},
): Promise<string | undefined> {
  const secret = newSessionSecret();
  const endsAt = new Date(now.getTime() + env().session.maxSeconds * 1000);
  const address = device.address ?? null;
  // The lock on the user makes a change of the password wait, or is refused after it; either way it ends this session.
  const begun = await query<{ id: string }>(
    sql`WITH owner AS (SELECT id FROM "user" WHERE id = ${userId} AND password_hash = ${passwordHash} FOR SHARE),
      same AS (UPDATE ehr_session h SET secret_hash = ${secretHash(secret)}, signed_in_at = ${now}::timestamptz,
          last_used_at = ${now}::timestamptz, ends_at = ${endsAt}::timestamptz, browser = ${device.browser}, address = ${address}
        FROM owner WHERE h.secret_hash = ${before ?? null}::text AND h.user_id = owner.id AND ${isLive('h', now)}
        RETURNING h.id),
      replaced AS (DELETE FROM ehr_session h USING owner
        WHERE h.secret_hash = ${before ?? null}::text AND NOT EXISTS (SELECT FROM same)),
      fresh AS (INSERT INTO ehr_session (id, secret_hash, user_id, created_at, signed_in_at, last_used_at, ends_at, browser, address)
        SELECT ${randomUUID()}, ${secretHash(secret)}, owner.id, ${now}::timestamptz, ${now}::timestamptz,
          ${now}::timestamptz, ${endsAt}::timestamptz, ${device.browser}, ${address}
        FROM owner WHERE NOT EXISTS (SELECT FROM same) RETURNING id)
      SELECT id FROM same UNION ALL SELECT id FROM fresh`,
  );
  if (begun.length === 0) return undefined;
  await endOldest(userId);
  return secret;
}

/**
 * Gives a live session of a user a new secret, which ends every copy of its cookie.
 * @returns the secret; undefined when the session has ended
 */
export async function renewSession(userId: string, sessionId: string): Promise<string | undefined> {
  const secret = newSessionSecret();
  const renewed = await execute(
    sql`UPDATE ehr_session h SET secret_hash = ${secretHash(secret)}
      WHERE h.id = ${sessionId} AND h.user_id = ${userId} AND ${isLive('h', new Date())}`,
  );
  return renewed > 0 ? secret : undefined;
}

/** A new secret for a session's cookie: 256 random bits. */
export function newSessionSecret(): string {
  return randomBytes(32).toString('base64url');
}

async function endOldest(userId: string): Promise<void> {
  await execute(
    sql`DELETE FROM ehr_session WHERE id IN (
      SELECT id FROM ehr_session WHERE user_id = ${userId} ORDER BY last_used_at DESC OFFSET ${maxSessions}::int)`,
  );
}
