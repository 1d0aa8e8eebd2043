import { and, name, or, type Sql, sql } from '../database/sql.ts';
import type { NewGrant } from './grants.ts';
import type { StoredKey, StoredPayload } from './oidc-payloads.ts';
import { standingOf } from './standing.ts';

/** All writes of one request to the authorization server; artifacts are named by their stored ids. */
export interface OidcWrites {
  sandboxId: number;
  /** Artifacts whose id must not be stored yet: assertions, which can be used once. */
  first: StoredPayload[];
  /** Artifacts that this request uses up, which only one request can. */
  consumed: StoredKey[];
  /** The interaction after which this request goes on, which only one request can; it is deleted. */
  resumed?: StoredKey | undefined;
  /** The grant that this request makes, with a launch that it uses up, which only one request can. */
  newGrant?: NewGrant | undefined;
  /** The backend service to which this request issues a token. */
  service?: string | undefined;
  /** Artifacts to store, in place of any with the same id. */
  kept: StoredPayload[];
  removed: StoredKey[];
  /** All artifacts of one kind that belong to a grant. */
  removedOfGrant: { model: string; grantId: string }[];
  /** Grants that end, with their contexts and all their artifacts. */
  ended: string[];
  /** A grant that this request uses; the time of its last use is stored to the minute. */
  used?: string | undefined;
}

/** The thing that another request has used first. */
export type Lost = 'assertion' | 'artifact' | 'interaction' | 'launch' | 'standing';

/** A part of the statement that uses up something, and the condition that it was still unused. */
interface Claim {
  lost: Lost;
  part: Sql;
  won: Sql;
}

/**
 * The claims on everything that can be used once. Each is made only after the ones before it succeeded, so that of two
 * requests with the same claims at the same moment one gets them all.
 */
export function claimsOf(writes: OidcWrites): Claim[] {
  const { sandboxId, first, consumed, resumed, newGrant } = writes;
  const claims: Claim[] = [];
  const claim = (lost: Lost, count: number, statement: (before: Sql) => Sql) => {
    const as = name(`claimed_${lost}`);
    const part = sql`${as} AS (${statement(and(claims.map(({ won }) => won)))})`;
    claims.push({ lost, part, won: sql`((SELECT count(*) FROM ${as}) = ${count}::int)` });
  };
  if (first.length > 0) claim('assertion', first.length, () => insertFirst(sandboxId, first));
  const standing = standingOf(writes);
  if (standing) claim('standing', 1, () => standing);
  if (consumed.length > 0) claim('artifact', consumed.length, (before) => consume(sandboxId, consumed, before));
  if (resumed) claim('interaction', 1, (before) => resume(sandboxId, resumed, before));
  if (newGrant?.launchHash) claim('launch', 1, (before) => redeem(newGrant, before));
  return claims;
}

/** The other writes of a request, on the condition `won`. */
export function changesOf(writes: OidcWrites, won: Sql): Sql[] {
  const { sandboxId, newGrant, kept, ended, used } = writes;
  const removal = removalOf(writes);
  return [
    ...(removal
      ? [sql`removed AS (DELETE FROM oidc_payload WHERE sandbox_id = ${sandboxId}::int AND ${removal} AND ${won})`]
      : []),
    ...(ended.length > 0 ? [sql`ended AS (${endContexts(sandboxId, ended)} AND ${won})`] : []),
    ...(newGrant ? [sql`context AS (${insertContext(newGrant)} WHERE ${won})`] : []),
    ...(used ? [sql`used AS (${noteUse(sandboxId, used)} AND ${won})`] : []),
    ...(kept.length > 0 ? [sql`kept AS (${insert(sandboxId, kept)} WHERE ${won} ${replacing})`] : []),
  ];
}

function insert(sandboxId: number, payloads: StoredPayload[]): Sql {
  return sql`INSERT INTO oidc_payload (sandbox_id, model, id, payload, grant_id, uid, expires_at)
    SELECT ${sandboxId}::int, r.model, r.id, r.payload, r."grantId", r.uid, r."expiresAt"
    FROM jsonb_to_recordset(${JSON.stringify(payloads)}::jsonb) AS r(
      model text, id text, payload jsonb, "grantId" text, uid text, "expiresAt" timestamptz)`;
}

function insertFirst(sandboxId: number, first: StoredPayload[]): Sql {
  return sql`${insert(sandboxId, first)} ON CONFLICT DO NOTHING RETURNING 1`;
}

const replacing = sql`ON CONFLICT (sandbox_id, model, id) DO UPDATE SET
  payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid, expires_at = excluded.expires_at`;

function consume(sandboxId: number, keys: StoredKey[], before: Sql): Sql {
  return sql`UPDATE oidc_payload SET consumed_at = now()
    WHERE sandbox_id = ${sandboxId}::int AND ${oneOf(keys)} AND consumed_at IS NULL AND ${before} RETURNING 1`;
}

function resume(sandboxId: number, key: StoredKey, before: Sql): Sql {
  return sql`DELETE FROM oidc_payload WHERE sandbox_id = ${sandboxId}::int AND ${oneOf([key])} AND ${before}
    RETURNING 1`;
}

/**
 * SQL that uses up a launch. It does not check the age, which was checked when the app arrived: the user may take
 * longer to sign in and consent than the launch is valid.
 */
function redeem({ launchHash, sandboxId, clientId, userId }: NewGrant, before: Sql): Sql {
  return sql`UPDATE launch_context SET used_at = now()
    WHERE launch_id = ${launchHash} AND sandbox_id = ${sandboxId}::int AND client_id = ${clientId}
      AND (user_id = ${userId} OR user_id IS NULL) AND used_at IS NULL AND withdrawn_at IS NULL AND ${before}
    RETURNING 1`;
}

function insertContext({ grantId, sandboxId, clientId, userId, launchHash, context }: NewGrant): Sql {
  return sql`INSERT INTO grant_context (grant_id, sandbox_id, client_id, user_id, launch_id, context)
    SELECT ${grantId}, ${sandboxId}::int, ${clientId}, ${userId}, ${launchHash ?? null}, ${JSON.stringify(context)}::jsonb`;
}

function endContexts(sandboxId: number, grantIds: string[]): Sql {
  return sql`DELETE FROM grant_context WHERE sandbox_id = ${sandboxId}::int AND grant_id = ANY(${grantIds}::text[])`;
}

function noteUse(sandboxId: number, grantId: string): Sql {
  return sql`UPDATE grant_context SET last_used_at = now()
    WHERE sandbox_id = ${sandboxId}::int AND grant_id = ${grantId} AND last_used_at <= now() - interval '1 minute'`;
}

/** SQL that holds for the artifacts to delete; undefined when there are none. */
function removalOf({ removed, removedOfGrant, ended }: OidcWrites): Sql | undefined {
  const conditions = [
    ...(removed.length > 0 ? [oneOf(removed)] : []),
    ...(ended.length > 0 ? [sql`grant_id = ANY(${ended}::text[])`] : []),
    ...removedOfGrant.map(({ model, grantId }) => sql`(model = ${model} AND grant_id = ${grantId})`),
  ];
  return conditions.length > 0 ? or(conditions) : undefined;
}

function oneOf(keys: StoredKey[]): Sql {
  return or(keys.map(({ model, id }) => sql`(model = ${model} AND id = ${id})`));
}
