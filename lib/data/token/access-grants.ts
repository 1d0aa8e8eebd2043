import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { splitScope } from '#lib/smart/scope/scope.ts';
import { query, sql } from '../database/sql.ts';
import { type GrantFilter, heldByGrant, liveGrants } from './live-grants.ts';

/** A grant by which an app has access now. */
export interface AccessGrant {
  /** Not a secret: it only names the grant. */
  grantId: string;
  client: { clientId: string; name: string; logoUri?: string; refreshTokenLifetime?: number };
  /** How many such grants the app has in total. */
  ofClient: number;
  /** The user who authorized the app; undefined once the account is deleted. */
  user?: { userId: string; name: string; username: string };
  /** Id of the Patient in the context of the grant. */
  patient?: string;
  /** The granted scopes as strings. */
  scopes: string[];
  since: Date;
  /** To the minute. */
  lastUsedAt: Date;
  /**
   * How long access lasts: by refresh tokens with offline_access or with online_access, or only by the current token.
   */
  lasting: 'offline' | 'online' | 'token';
  until: Date;
}

export interface GrantPage {
  /** How many grants to skip, and how many to return at most. */
  offset: number;
  count: number;
  /** Sorted by app, or with the most recently used first. */
  order: 'app' | 'use';
}

interface Row {
  grant_id: string;
  client_id: string;
  client_name: string;
  logo_uri: string | null;
  refresh_token_lifetime: number | null;
  of_client: number;
  user_id: string | null;
  user_name: string | null;
  username: string | null;
  patient: string | null;
  scope: string | null;
  created_at: Date;
  last_used_at: Date;
  until: Date;
  refreshes: boolean;
  total: number;
}

const orders = { app: sql`lower(c.name), c.client_id, g.last_used_at DESC`, use: sql`g.last_used_at DESC` };

/** One page of the grants of a sandbox that give access at `now`, and the total of all pages. */
export async function findAccessGrants(
  sandboxId: number,
  filter: GrantFilter,
  { offset, count, order }: GrantPage,
  now = new Date(),
): Promise<{ grants: AccessGrant[]; total: number }> {
  const rows = await query<Row>(
    sql`WITH page AS (
        SELECT g.sandbox_id, g.grant_id, g.client_id, g.user_id, g.context, g.created_at, g.last_used_at, g.expires_at,
          c.name AS client_name, c.logo_uri, c.refresh_token_lifetime, count(*) OVER ()::int AS total,
          count(*) OVER (PARTITION BY g.client_id)::int AS of_client,
          row_number() OVER (ORDER BY ${orders[order]}, g.grant_id) AS place
        FROM ${liveGrants(sandboxId, filter, now)}
        ORDER BY place LIMIT ${count}::int OFFSET ${offset}::int)
      SELECT g.*, g.context ->> 'patient' AS patient, held.scope, held.until, held.refreshes, u.name AS user_name,
        u.username
      FROM page g JOIN LATERAL ${heldByGrant(now)} held ON TRUE LEFT JOIN "user" u ON u.id = g.user_id
      ORDER BY place`,
  );
  return { grants: rows.map(toGrant), total: rows[0]?.total ?? 0 };
}

function toGrant(row: Row): AccessGrant {
  const { user_id: userId, user_name: name, username } = row;
  const scopes = splitScope(row.scope ?? '');
  return withoutUndefined({
    grantId: row.grant_id,
    client: toClient(row),
    ofClient: row.of_client,
    user: userId && name && username ? { userId, name, username } : undefined,
    patient: row.patient || undefined,
    scopes,
    since: row.created_at,
    lastUsedAt: row.last_used_at,
    until: row.until,
    lasting: lastingOf(row, scopes),
  });
}

function lastingOf({ refreshes }: Row, scopes: string[]): AccessGrant['lasting'] {
  if (!refreshes) return 'token';
  return scopes.includes('offline_access') ? 'offline' : 'online';
}

function toClient({ client_id, client_name, logo_uri, refresh_token_lifetime }: Row): AccessGrant['client'] {
  return withoutUndefined({
    clientId: client_id,
    name: client_name,
    logoUri: logo_uri || undefined,
    refreshTokenLifetime: refresh_token_lifetime ?? undefined,
  });
}

/** A user or an app by which grants can be filtered. */
export interface GrantParty {
  kind: 'user' | 'app';
  id: string;
  name: string;
}

/** The users and apps that occur in the grants of a sandbox that give access at `now`, by name. */
export function findGrantParties(sandboxId: number, now = new Date()): Promise<GrantParty[]> {
  return query<GrantParty>(
    sql`WITH live AS (SELECT g.user_id, g.client_id, c.name FROM ${liveGrants(sandboxId, {}, now)}),
      party AS (
        SELECT 'app' AS kind, client_id AS id, name FROM live
        UNION SELECT 'user', u.id, u.name || ' (' || u.username || ')' FROM live JOIN "user" u ON u.id = live.user_id)
      SELECT * FROM party ORDER BY lower(name), id`,
  );
}
