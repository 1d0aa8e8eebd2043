import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { splitScope } from '#lib/smart/scope/scope.ts';
import { query, sql } from '../database/sql.ts';

/** The access of a backend service by its own tokens, which no user granted and which cannot be refreshed. */
export interface ServiceAccess {
  client: { clientId: string; name: string; logoUri?: string };
  /** How many valid tokens it has, and the scopes of all of them together. */
  tokens: number;
  scopes: string[];
  /** When the oldest and the newest of them were issued. */
  since: Date;
  lastIssuedAt: Date;
  until: Date;
}

interface Row {
  client_id: string;
  name: string;
  logo_uri: string | null;
  tokens: number;
  scope: string;
  since: Date;
  last_issued_at: Date;
  until: Date;
}

/** The backend services of a sandbox that hold a token that is valid at `now`, by name. */
export async function findServiceAccess(sandboxId: number, now = new Date()): Promise<ServiceAccess[]> {
  const rows = await query<Row>(
    sql`SELECT c.client_id, c.name, c.logo_uri, count(*)::int AS tokens, string_agg(t.payload ->> 'scope', ' ') AS scope,
        to_timestamp(min((t.payload ->> 'iat')::bigint)) AS since,
        to_timestamp(max((t.payload ->> 'iat')::bigint)) AS last_issued_at, max(t.expires_at) AS until
      FROM oidc_payload t JOIN client c ON c.sandbox_id = t.sandbox_id AND c.client_id = t.payload ->> 'clientId'
      WHERE t.sandbox_id = ${sandboxId}::int AND t.model = 'ClientCredentials' AND t.expires_at > ${now}::timestamptz
      GROUP BY c.client_id, c.name, c.logo_uri ORDER BY lower(c.name), c.client_id`,
  );
  return rows.map(({ client_id: clientId, name, logo_uri: logoUri, tokens, scope, since, last_issued_at, until }) => ({
    client: withoutUndefined({ clientId, name, logoUri: logoUri || undefined }),
    tokens,
    scopes: [...new Set(splitScope(scope))],
    since,
    lastIssuedAt: last_issued_at,
    until,
  }));
}
