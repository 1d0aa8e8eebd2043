import type { LaunchHash } from '#lib/smart/launch/ids.ts';
import { type Json, rowOf } from '../database/json-row.ts';
import { query, type Sql, sql } from '../database/sql.ts';
import { type AttemptLimit, admitAttempt } from '../member/failed-attempts.ts';
import { type Launch, type LaunchRow, toLaunch } from './launches.ts';

/** How many launch ids that are not theirs somebody may try before all of theirs are refused for a while. */
export const guessLimit: AttemptLimit = { attempts: 20, minutes: 15 };

/** What a launch id was looked up with: who looks has tried too many that were not theirs when `exhausted`. */
export interface GuardedLaunch {
  launch: Launch | undefined;
  exhausted: boolean;
}

/** Whoever brings launch ids to a sandbox, by what is known of them. */
export interface Guesser {
  clientId: string;
  /** Who is signed in, or acts by the client's token; undefined: nobody. */
  userId?: string | undefined;
  /** Whether they ask the launch service, and not by way of a browser. */
  api?: boolean;
}

/** What follows the id of the sandbox in the name under which tries are counted. */
function who({ clientId, userId, api }: Guesser): string {
  if (api) return ` token ${clientId} ${userId ?? ''}`;
  return userId ? ` user ${userId}` : ` client ${clientId}`;
}

/** The name under which the tries of `guesser` are counted, in SQL, where the id of the sandbox may be a column. */
export function guesserOf(sandboxId: Sql, guesser: Guesser): Sql {
  return sql`concat('launch ', ${sandboxId}, ${who(guesser)}::text)`;
}

/** Counts a launch id that was not theirs. @returns whether they may go on trying. */
export function countGuess(sandboxId: number, guesser: Guesser, now = new Date()): Promise<boolean> {
  return admitAttempt(`launch ${sandboxId}${who(guesser)}`, guessLimit, now);
}

/** SQL for whether `subject`, a text, has no attempt left: part of the query that finds the launch, so that it costs none. */
export function isExhausted(subject: Sql, now = new Date()): Sql {
  const since = new Date(now.getTime() - guessLimit.minutes * 60_000);
  return sql`EXISTS (SELECT FROM failed_attempt WHERE subject = ${subject}
    AND failures >= ${guessLimit.attempts}::int AND window_started_at >= ${since}::timestamptz)`;
}

/** The launch with this hash, of whatever sandbox and state, and whether `guesser` may look at all; one query. */
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
