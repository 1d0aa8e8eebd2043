import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import type { LaunchParameters } from '#lib/smart/launch/context.ts';
import type { LaunchHash } from '#lib/smart/launch/ids.ts';
import { type LaunchOrigin, readLaunchOrigin } from '#lib/smart/launch/origin.ts';
import type { LaunchStatus } from '#lib/smart/launch/status.ts';
import { and, query, type Sql, sql } from '../database/sql.ts';

/** A launch of a sandbox, with the names of its user and apps. */
export interface ListedLaunch {
  launchHash: LaunchHash;
  client: { clientId: string; name: string; logoUri?: string };
  /** Whose browser may use it; absent when a client that acts for no user registered it. */
  user?: { name: string; username: string };
  origin: LaunchOrigin;
  /** The app that registered it, or the CDS service whose card opened it. */
  createdBy?: { clientId: string; name?: string };
  parameters: LaunchParameters;
  createdAt: Date;
  expiresAt: Date;
  usedAt?: Date;
  withdrawnAt?: Date;
}

/** The filters of a list of launches. */
export interface LaunchFilter {
  clientId?: string | undefined;
  userId?: string | undefined;
  /** Id of the Patient in the parameters. */
  patient?: string | undefined;
  origin?: LaunchOrigin | undefined;
  status?: LaunchStatus | undefined;
}

interface Row {
  launchHash: LaunchHash;
  clientId: string;
  clientName: string;
  logoUri: string | null;
  userName: string | null;
  username: string | null;
  origin: string;
  createdBy: string | null;
  creatorName: string | null;
  parameters: LaunchParameters;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  withdrawnAt: Date | null;
  total: number;
}

/** One page of the launches of a sandbox, the newest first, and the total of all pages. */
export async function findLaunches(
  sandboxId: number,
  filter: LaunchFilter,
  { offset, count }: { offset: number; count: number },
  now = new Date(),
): Promise<{ launches: ListedLaunch[]; total: number }> {
  const rows = await query<Row>(
    sql`WITH page AS (
        SELECT l.*, count(*) OVER ()::int AS total FROM launch_context l
        WHERE ${and([sql`l.sandbox_id = ${sandboxId}::int`, ...conditionsOf(filter, now)])}
        ORDER BY l.created_at DESC, l.launch_id LIMIT ${count}::int OFFSET ${offset}::int)
      SELECT l.launch_id AS "launchHash", l.client_id AS "clientId", c.name AS "clientName", c.logo_uri AS "logoUri",
        u.name AS "userName", u.username, l.origin, l.created_by AS "createdBy", COALESCE(creator.name, h.title) AS "creatorName",
        l.parameters, l.created_at AS "createdAt", l.expires_at AS "expiresAt", l.used_at AS "usedAt",
        l.withdrawn_at AS "withdrawnAt", l.total
      FROM page l JOIN client c ON c.sandbox_id = l.sandbox_id AND c.client_id = l.client_id
        LEFT JOIN client creator ON creator.sandbox_id = l.sandbox_id AND creator.client_id = l.created_by
        LEFT JOIN cds_service h ON h.sandbox_id = l.sandbox_id AND l.created_by = 'cds:' || h.id
        LEFT JOIN "user" u ON u.id = l.user_id
      ORDER BY l.created_at DESC, l.launch_id`,
  );
  return { launches: rows.map(toListed), total: rows[0]?.total ?? 0 };
}

function conditionsOf({ clientId, userId, patient, origin, status }: LaunchFilter, now: Date): Sql[] {
  return [
    ...(clientId === undefined ? [] : [sql`l.client_id = ${clientId}`]),
    ...(userId === undefined ? [] : [sql`l.user_id = ${userId}`]),
    ...(patient === undefined ? [] : [sql`l.parameters ->> 'patient' = ${patient}`]),
    ...(origin === undefined ? [] : [sql`l.origin = ${origin}`]),
    ...(status === undefined ? [] : [statusConditions(now)[status]]),
  ];
}

/** The twin of `launchStatus` in SQL, so that the database filters and counts; a test compares both. */
function statusConditions(now: Date): Record<LaunchStatus, Sql> {
  const open = sql`l.used_at IS NULL AND l.withdrawn_at IS NULL`;
  return {
    used: sql`l.used_at IS NOT NULL`,
    withdrawn: sql`(l.used_at IS NULL AND l.withdrawn_at IS NOT NULL)`,
    expired: sql`(${open} AND l.expires_at <= ${now}::timestamptz)`,
    pending: sql`(${open} AND l.expires_at > ${now}::timestamptz)`,
  };
}

function toListed(row: Row): ListedLaunch {
  const { userName: name, username, createdBy } = row;
  return withoutUndefined({
    launchHash: row.launchHash,
    parameters: row.parameters,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    origin: readLaunchOrigin(row.origin),
    client: withoutUndefined({ clientId: row.clientId, name: row.clientName, logoUri: row.logoUri || undefined }),
    user: name && username ? { name, username } : undefined,
    createdBy: createdBy ? withoutUndefined({ clientId: createdBy, name: row.creatorName || undefined }) : undefined,
    usedAt: row.usedAt ?? undefined,
    withdrawnAt: row.withdrawnAt ?? undefined,
  });
}

/** A user or an app by which launches can be filtered. */
export interface LaunchParty {
  kind: 'user' | 'app';
  id: string;
  name: string;
}

/** The users and apps that occur in the launches of a sandbox, by name. */
export function findLaunchParties(sandboxId: number): Promise<LaunchParty[]> {
  return query<LaunchParty>(
    sql`SELECT * FROM (
        SELECT 'app' AS kind, c.client_id AS id, c.name FROM client c WHERE c.sandbox_id = ${sandboxId}::int
          AND EXISTS (SELECT 1 FROM launch_context l WHERE l.sandbox_id = c.sandbox_id AND l.client_id = c.client_id)
        UNION ALL
        SELECT 'user', u.id, u.name || ' (' || u.username || ')' FROM "user" u WHERE u.id IN (
          SELECT l.user_id FROM launch_context l WHERE l.sandbox_id = ${sandboxId}::int)
      ) AS party ORDER BY lower(name), id`,
  );
}
