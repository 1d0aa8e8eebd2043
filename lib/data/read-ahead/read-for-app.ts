import type { GrantContext } from '#lib/smart/launch/context.ts';
import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';
import type { Json } from '../database/json-row.ts';
import { secretHash } from '../database/secret-hash.ts';
import { query, sql } from '../database/sql.ts';
import { type SandboxMemberRow, sandboxMemberColumns } from '../member/sandbox-member.ts';
import type { OidcPayload } from '../token/oidc-payloads.ts';
import { ReadAhead } from './read-ahead.ts';

/** The things that an app's request to the authorization server names; undefined for each that it does not name. */
export interface AppNames {
  clientId?: string | undefined;
  /** The value of the code or token that it presents, and the kinds that this may be. */
  bearer?: { value: string; models: string[] } | undefined;
}

interface Bearer extends Json {
  model: string;
  payload: { clientId?: string; accountId?: string; grantId?: string };
}

interface Row {
  sandbox: Json;
  client: Json | null;
  bearer: Bearer | null;
  grant: OidcPayload | null;
  context: GrantContext | null;
  member: SandboxMemberRow | null;
}

/**
 * Reads the sandbox named `slug`, the client and the code or token that an app's request names, and their grant and
 * user in one query; undefined when there is no such sandbox.
 */
export async function readForApp(slug: string, names: AppNames): Promise<ReadAhead | undefined> {
  if (!isSandboxSlug(slug)) return undefined;
  const { clientId, bearer } = names;
  const shown = bearer
    ? sql`t.id = ${secretHash(bearer.value)} AND t.model = ANY(${bearer.models}::text[])`
    : sql`FALSE`;
  const [row] = await query<Row>(
    sql`SELECT to_jsonb(s) AS sandbox, to_jsonb(c) AS client, to_jsonb(t) AS bearer, g.payload AS grant, x.context,
        to_jsonb(a) AS member
      FROM sandbox s
        LEFT JOIN oidc_payload t ON t.sandbox_id = s.id AND ${shown}
        LEFT JOIN client c ON c.sandbox_id = s.id
          AND c.client_id = COALESCE(${clientId ?? null}::text, t.payload ->> 'clientId')
        LEFT JOIN oidc_payload g ON g.sandbox_id = s.id AND g.model = 'Grant' AND g.id = t.grant_id
        LEFT JOIN grant_context x ON x.sandbox_id = s.id AND x.grant_id = t.grant_id
        LEFT JOIN LATERAL (
          SELECT ${sandboxMemberColumns} FROM membership m JOIN "user" u ON u.id = m.user_id
          WHERE m.sandbox_id = s.id AND m.user_id = t.payload ->> 'accountId') a ON TRUE
      WHERE s.slug = ${slug}`,
  );
  return row && readAhead(row, names);
}

function readAhead(row: Row, { clientId, bearer }: AppNames): ReadAhead {
  const ahead = new ReadAhead(row.sandbox);
  const behind = row.bearer?.payload ?? {};
  const client = clientId ?? behind.clientId;
  if (client) ahead.keepClient(client, row.client);
  if (bearer) keepBearer(ahead, bearer, row.bearer);
  if (behind.accountId) ahead.keepMember(behind.accountId, row.member);
  if (behind.grantId) ahead.keepGrant(behind.grantId, row);
  return ahead;
}

/** Keeps the code or token under its kind, and records that nothing of the other kinds has this value. */
function keepBearer(ahead: ReadAhead, { value, models }: NonNullable<AppNames['bearer']>, row: Bearer | null): void {
  for (const model of models) ahead.keepArtifact(model, value, row?.model === model ? row : null);
}
