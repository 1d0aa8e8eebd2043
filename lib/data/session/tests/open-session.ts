import { randomUUID } from 'node:crypto';
import { type SecretHash, secretHash } from '../../database/secret-hash.ts';
import { execute, sql } from '../../database/sql.ts';
import { newSessionSecret } from '../begin-session.ts';

/** A session of a test, and the secret of its cookie. */
export interface OpenedSession {
  id: string;
  secret: string;
  hash: SecretHash;
}

/**
 * A session as a sign-in leaves it, without the password; for a user who is not there, only a secret.
 * @param signedInAt when the password was given, in epoch seconds
 * @param id the session that goes on, when the password is given again
 */
export async function openSession(
  userId: string,
  signedInAt = Math.floor(Date.now() / 1000),
  id: string = randomUUID(),
): Promise<OpenedSession> {
  const secret = newSessionSecret();
  const hash = secretHash(secret);
  await execute(
    sql`INSERT INTO ehr_session (id, secret_hash, user_id, signed_in_at, last_used_at, ends_at, browser)
      SELECT ${id}, ${hash}, u.id, to_timestamp(${signedInAt}::int), now(), now() + interval '12 hours', 'Firefox on Linux'
      FROM "user" u WHERE u.id = ${userId}
      ON CONFLICT (id) DO UPDATE SET secret_hash = excluded.secret_hash, signed_in_at = excluded.signed_in_at`,
  );
  return { id, secret, hash };
}
