import type { SecretHash } from '../database/secret-hash.ts';
import { query, sql } from '../database/sql.ts';
import { noteSessionUse } from './last-use.ts';
import { isLive } from './live-session.ts';

interface SessionUser {
  id: string;
  username: string;
  name: string;
}

/** A session with its user. */
export interface Session {
  id: string;
  user: SessionUser;
  /** Whether the user must change the password before anything else works. */
  mustChangePassword: boolean;
  /** When it ends, however much it is used. */
  endsAt: Date;
}

type SessionRow = SessionUser & Omit<Session, 'id' | 'user'> & { sessionId: string; lastUsedAt: Date };

/** The live session with this secret, even of a user who must change the password first. */
export async function findSession(session: SecretHash, now = new Date()): Promise<Session | undefined> {
  const [row] = await query<SessionRow>(
    sql`SELECT u.id, u.username, u.name, u.must_change_password AS "mustChangePassword", h.id AS "sessionId",
        h.last_used_at AS "lastUsedAt", h.ends_at AS "endsAt"
      FROM ehr_session h JOIN "user" u ON u.id = h.user_id
      WHERE h.secret_hash = ${session} AND ${isLive('h', now)}`,
  );
  if (!row) return undefined;
  const { sessionId, mustChangePassword, lastUsedAt, endsAt, id, username, name } = row;
  noteSessionUse(sessionId, lastUsedAt, now);
  return { id: sessionId, user: { id, username, name }, mustChangePassword, endsAt };
}

/** Tells whether the session `id` belongs to `userId` and is live at `now`; to be asked is no use of it. */
export async function isLiveSession(id: string, userId: string, now: Date): Promise<boolean> {
  const rows = await query(
    sql`SELECT 1 FROM ehr_session h WHERE h.id = ${id} AND h.user_id = ${userId} AND ${isLive('h', now)}`,
  );
  return rows.length > 0;
}

/** A session as its user sees it in the list. */
export interface ListedSession {
  id: string;
  /** The browser in words, such as `Firefox on Windows`. */
  browser: string;
  /** The network address from which the password was given. */
  address: string | null;
  createdAt: Date;
  /** To the minute. */
  lastUsedAt: Date;
}

/** The sessions of a user that are live at `now`, the most recently used first. */
export function findSessionsOf(userId: string, now = new Date()): Promise<ListedSession[]> {
  return query<ListedSession>(
    sql`SELECT h.id, h.browser, h.address, h.created_at AS "createdAt", h.last_used_at AS "lastUsedAt"
      FROM ehr_session h WHERE h.user_id = ${userId} AND ${isLive('h', now)}
      ORDER BY h.last_used_at DESC, h.id`,
  );
}
