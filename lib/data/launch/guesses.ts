import type { LaunchHash } from '#lib/smart/launch/ids.ts';
import { type Json, rowOf } from '../database/json-row.ts';
import { query, type Sql, sql } from '../database/sql.ts';
import { type AttemptLimit, admitAttempt } from '../member/failed-attempts.ts';
import { type Launch, type LaunchRow, toLaunch } from './launches.ts';

/** How many launch ids of others somebody may try before all their launch ids are refused for a while. */
export const guessLimit: AttemptLimit = { attempts: 20, minutes: 15 };

/** A launch that was looked up; `exhausted` when the guesser has tried too many launch ids of others. */
export interface GuardedLaunch {
  launch: Launch | undefined;
  exhausted: boolean;
}

/** Somebody who presents a launch id to a sandbox, as far as they are known. */
export interface Guesser {
  clientId: string;
  /** The user who is signed in, or for whom the client's token acts. */
  userId?: string | undefined;
  /** Whether they call the launch service, instead of coming by a browser. */
  api?: boolean;
}

/** The name under which tries are counted, without the id of the sandbox in front. */
function who({ clientId, userId, api }: Guesser): string {
  if (api) return ` token ${clientId} ${userId ?? ''}`;
  return userId ? ` user ${userId}` : ` client ${clientId}`;
}

/** SQL for the name under which the tries of `guesser` are counted; the id of the sandbox may be a column. */
function guesserOf(sandboxId: Sql, guesser: Guesser): Sql {
  return sql`concat('launch ', ${sandboxId}, ${who(guesser)}::text)`;
}

/** SQL for the same name for whoever comes by a browser; the user id is a column, null when nobody is signed in. */
export function guesserInBrowser(sandboxId: Sql, clientId: string, userId: Sql): Sql {
  return sql`concat('launch ', ${sandboxId}, COALESCE(' user ' || ${userId}, ${who({ clientId })}::text))`;
}

/** Counts a try with the launch id of somebody else. @returns whether further tries are allowed. */
export function countGuess(sandboxId: number, guesser: Guesser, now = new Date()): Promise<boolean> {
  return admitAttempt(`launch ${sandboxId}${who(guesser)}`, guessLimit, now);
}

/**
 * SQL that holds when `subject`, a text, has no attempt left; part of the query for the launch, so that it needs none
 * of its own.
 */
export function isExhausted(subject: Sql, now = new Date()): Sql {
  const since = new Date(now.getTime() - guessLimit.minutes * 60_000);
  return sql`EXISTS (SELECT FROM failed_attempt WHERE subject = ${subject}
    AND failures >= ${guessLimit.attempts}::int AND window_started_at >= ${since}::timestamptz)`;
}

/** The launch with this hash, of any sandbox and in any state, and whether `guesser` is exhausted, in one query. */
export async function findGuardedLaunch(
  launchHash: LaunchHash,
  sandboxId: number,
  guesser: Guesser,
): Promise<GuardedLaunch> {
  const [row] = await query<{ launch: Json | null; exhausted: boolean }>(
    sql`SELECT (SELECT to_jsonb(l) FROM launch_context l WHERE l.launch_id = ${launchHash}) AS launch,
      ${isExhausted(guesserOf(sql`${sandboxId}::int`, guesser))} AS exhausted`,
  );
  const { launch = null, exhausted = true } = row ?? {};
  return { launch: launch ? toLaunch(rowOf<LaunchRow>(launch)) : undefined, exhausted };
}
