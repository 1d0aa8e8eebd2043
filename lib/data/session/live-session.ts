import { env } from '#lib/env.ts';
import type { SecretHash } from '../database/secret-hash.ts';
import { name, type Sql, sql } from '../database/sql.ts';
import { noteSessionUse } from './last-use.ts';

/** Who is signed in at the EHR, in which session, and when the password was last given, in epoch seconds. */
export interface SignIn {
  sessionId: string;
  userId: string;
  signedInAt: number;
}

/** A sign-in as `signInColumns` select it. */
export type SignInRow = SignIn & { lastUsedAt: Date };

/** SQL that holds for a session, a row of `ehr_session` called `alias`, that is within both limits at `now`. */
export function isLive(alias: string, now: Date): Sql {
  const idleSince = new Date(now.getTime() - env().session.maxIdleSeconds * 1000);
  const session = name(alias);
  return sql`(${session}.ends_at > ${now}::timestamptz AND ${session}.last_used_at > ${idleSince}::timestamptz)`;
}

/** The columns of a sign-in, of `signInOf` as h. */
export const signInColumns = sql`h.session_id AS "sessionId", h.user_id AS "userId", h.signed_in_at AS "signedInAt",
  h.last_used_at AS "lastUsedAt"`;

/**
 * SQL for the session of the browser whose cookie holds this secret, a subquery of one row or none. A session whose
 * user must change the password first is none: with it nothing else works.
 */
export function signInOf(session: SecretHash | undefined, now: Date): Sql {
  return sql`(SELECT x.id AS session_id, x.user_id, extract(epoch FROM x.signed_in_at)::int AS signed_in_at, x.last_used_at
    FROM ehr_session x JOIN "user" y ON y.id = x.user_id AND NOT y.must_change_password
    WHERE x.secret_hash = ${session ?? null}::text AND ${isLive('x', now)})`;
}

/** Converts a row with `signInColumns` to a sign-in, and notes that its session is used. */
export function toSignIn({ sessionId, userId, signedInAt, lastUsedAt }: SignInRow, now: Date): SignIn {
  noteSessionUse(sessionId, lastUsedAt, now);
  return { sessionId, userId, signedInAt };
}
