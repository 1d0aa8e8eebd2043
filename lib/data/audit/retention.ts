import { env } from '#lib/env.ts';
import { securityCodes } from '#lib/fhir/audit/own-event.ts';
import { daysBefore } from '../database/days-before.ts';
import { inSlices } from '../database/in-slices.ts';
import { execute, query, sql } from '../database/sql.ts';
import { fairShare } from './fair-share.ts';

/** How many events each log holds. The logs of all deleted sandboxes hold as many together. */
const maxEvents = 500_000;

/** A log that is too long is cut to this part of its limit, so that it is not cut again at once. */
const cutTo = 0.9;
/** How many events one statement folds: few, so that other requests get their turn. */
const maxFolded = 5000;

/** Every log that has an event, found by steps through the index instead of by reading all events. */
const logs = sql`RECURSIVE logs(id) AS (
    (SELECT sandbox_id FROM audit_event ORDER BY sandbox_id LIMIT 1)
    UNION ALL SELECT (SELECT a.sandbox_id FROM audit_event a WHERE a.sandbox_id > logs.id ORDER BY a.sandbox_id LIMIT 1)
      FROM logs WHERE logs.id IS NOT NULL)`;

/** Holds for logs (by `logs.id`) whose sandbox has been deleted; the server's own is none of them. */
const isLeft = sql`logs.id > 0 AND NOT EXISTS (SELECT FROM sandbox s WHERE s.id = logs.id)`;

/** Deletes events beyond the retention period, and cuts logs that are too long, so that each actor keeps a share. */
export async function sweepAuditEvents(
  now: Date,
  { days = env().retention.audit, events = maxEvents }: { days?: number; events?: number } = {},
): Promise<void> {
  const oldest = daysBefore(now, days);
  await inSlices((max) =>
    execute(sql`WITH ${logs} DELETE FROM audit_event WHERE ctid = ANY(ARRAY(
      SELECT old.at FROM logs CROSS JOIN LATERAL (SELECT a.ctid AS at FROM audit_event a
        WHERE a.sandbox_id = logs.id AND a.recorded < ${oldest}::timestamptz LIMIT ${max}::int) AS old
      LIMIT ${max}::int))`),
  );
  const tooLong = await query<{ id: number }>(
    sql`WITH ${logs} SELECT logs.id FROM logs WHERE NOT (${isLeft}) AND EXISTS (
      SELECT FROM audit_event a WHERE a.sandbox_id = logs.id ORDER BY a.recorded DESC, a.id DESC OFFSET ${events}::int)`,
  );
  for (const { id } of tooLong) await cut(id, Math.floor(events * cutTo));
  await cutLeftLogs(events);
}

/** Who caused an event. Those who failed to say who they are are one actor together, whatever name they gave. */
const actor = sql`CASE WHEN a.interaction IN ('sign-in', 'client-authentication') AND a.outcome <> 0 THEN ''
  ELSE coalesce(a.username, a.client_id, '') END`;

/** Whether an event is about security: an actor's many uses must not push their own sign-ins and changes out. */
const kind = sql`CASE WHEN a.interaction = ANY(${securityCodes}::text[])
    OR a.interaction = 'left-out' AND a.path = 'security' THEN 'security' ELSE 'use' END`;

interface Group {
  actor: string;
  kind: string;
  events: number;
}

async function cut(log: number, total: number): Promise<void> {
  const groups = await query<Group>(
    sql`SELECT ${actor} AS actor, ${kind} AS kind, count(*)::int AS events FROM audit_event a
      WHERE a.sandbox_id = ${log}::int GROUP BY 1, 2`,
  );
  const share = Math.max(
    1,
    fairShare(
      groups.map(({ events }) => events),
      total,
    ),
  );
  for (const group of groups) {
    for (let over = group.events - share; over > 0; over -= maxFolded)
      await fold(log, group, Math.min(over, maxFolded));
  }
}

/**
 * Replaces the oldest events of an actor by one that tells how many they were, from when to when, and about which
 * patients. An event in which others were folded before is folded again.
 */
async function fold(log: number, group: Group, over: number): Promise<void> {
  await execute(sql`WITH gone AS (
      DELETE FROM audit_event USING (
        SELECT a.sandbox_id, a.id FROM audit_event a
        WHERE a.sandbox_id = ${log}::int AND ${actor} = ${group.actor} AND ${kind} = ${group.kind}
        ORDER BY a.recorded, a.id LIMIT ${over + 1}::int) AS old
      WHERE audit_event.sandbox_id = old.sandbox_id AND audit_event.id = old.id RETURNING audit_event.*)
    INSERT INTO audit_event (sandbox_id, id, recorded, interaction, action, outcome, status, method, path, query,
      client_id, username, repeated, patients, patients_all, entities, entities_all)
    SELECT ${log}::int, gen_random_uuid(), max(recorded), 'left-out', 'E', 0, 200, 'SWEEP', ${group.kind},
      'from=' || to_char(min(CASE WHEN interaction = 'left-out' THEN substring(query FROM 'from=([^&]+)')::timestamptz
          ELSE recorded END) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      CASE WHEN ${group.actor} <> '' AND count(username) = 0 THEN max(client_id) END,
      CASE WHEN ${group.actor} <> '' THEN max(username) END, sum(repeated),
      named.all, coalesce(array_length(named.all, 1), 0), '{}', sum(entities_all)
    FROM gone, (SELECT coalesce(array_agg(patient), '{}') AS all FROM (
      SELECT DISTINCT unnest(patients) AS patient FROM gone LIMIT 2000) AS distinct_ones) AS named
    GROUP BY named.all HAVING count(*) > 0`);
}

/** Deletes the oldest events of deleted sandboxes, each of which may keep the same share, where they are too many. */
async function cutLeftLogs(total: number): Promise<void> {
  const left = await query<{ id: number; events: number }>(
    sql`WITH ${logs} SELECT logs.id, (SELECT count(*)::int FROM audit_event a WHERE a.sandbox_id = logs.id) AS events
      FROM logs WHERE ${isLeft}`,
  );
  const share = fairShare(
    left.map(({ events }) => events),
    total,
  );
  for (const { id } of left.filter(({ events }) => events > share)) {
    await inSlices((max) =>
      execute(sql`DELETE FROM audit_event WHERE sandbox_id = ${id}::int AND id IN (SELECT a.id FROM audit_event a
        WHERE a.sandbox_id = ${id}::int ORDER BY a.recorded DESC, a.id DESC OFFSET ${share}::int LIMIT ${max}::int)`),
    );
  }
}
