import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import type { ClientAddresses } from '#lib/smart/client/origins.ts';
import type { Role } from '#lib/smart/role.ts';
import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';
import { secretHash } from '../database/secret-hash.ts';
import { lookUp, sql } from '../database/sql.ts';
import type { Sandbox } from '../sandbox/sandboxes.ts';
import { serviceOfToken } from './cds-client-id.ts';

/** An access token with the present state of its client, which may be a CDS service, and of its user. */
export interface AccessToken {
  clientId: string;
  scope: string;
  /** The resource server it was issued for. */
  audience: string;
  expiresAt: Date;
  clientEnabled: boolean;
  /** The addresses of its client's pages. */
  clientAddresses: ClientAddresses;
  /** Id of the user it was issued for; absent for a backend service. */
  userId?: string;
  /** The user's membership of the sandbox; undefined when there is none, or no longer. */
  user?: { username: string; role: Role; fhirUser?: string; proxyFor?: string[] };
  /** Id of the Patient in the context of its grant. */
  patient?: string;
  /** What else the context of its grant names. */
  encounter?: string;
  fhirContext?: unknown;
  /** The grant it belongs to, and when that was last used; absent for a backend service. */
  grant?: { grantId: string; lastUsedAt: Date };
}

/** The sandbox to which a token is presented. */
export interface TokenSandbox extends Sandbox {
  /** Whether its launch service requires the scope smart/orchestrate_launch. */
  orchestrateScope: boolean;
}

interface Row {
  orchestrate_scope: boolean;
  id: number;
  slug: string;
  name: string;
  payload: { clientId?: string; scope?: string; aud?: string; accountId?: string; grantId?: string } | null;
  expires_at: Date | null;
  enabled: boolean | null;
  redirect_uris: string[] | null;
  origins: string[] | null;
  username: string | null;
  role: Role | null;
  fhir_user: string | null;
  proxy_for: string[] | null;
  patient: string | null;
  encounter: string | null;
  fhir_context: unknown;
  last_used_at: Date | null;
}

/**
 * The sandbox named `slug` and the access token with this value, if the sandbox has issued it, in one query; undefined
 * when there is no such sandbox. Expired tokens are included, so that the refusal can say so. A token whose grant is
 * gone is not: it was written while the grant was revoked.
 */
export async function findAccessToken(
  slug: string,
  value: string,
): Promise<{ sandbox: TokenSandbox; token: AccessToken | undefined } | undefined> {
  if (!isSandboxSlug(slug)) return undefined;
  const [row] = await lookUp<Row>(
    sql`SELECT s.id, s.slug, s.name, s.orchestrate_scope, t.expires_at, COALESCE(c.enabled, h.enabled) AS enabled,
        c.redirect_uris, c.origins, u.username, m.role::text AS role, m.fhir_user, m.proxy_for,
        CASE WHEN t.payload ->> 'grantId' IS NULL OR g.grant_id IS NOT NULL THEN t.payload END AS payload,
        g.context ->> 'patient' AS patient, g.context ->> 'encounter' AS encounter,
        g.context -> 'fhirContext' AS fhir_context, g.last_used_at
      FROM sandbox s
        LEFT JOIN oidc_payload t ON t.sandbox_id = s.id AND t.id = ${secretHash(value)}
          AND t.model IN ('AccessToken', 'ClientCredentials') AND t.consumed_at IS NULL
        LEFT JOIN client c ON c.sandbox_id = s.id AND c.client_id = t.payload ->> 'clientId'
        LEFT JOIN cds_service h ON h.sandbox_id = s.id AND h.id = ${serviceOfToken('t.payload')}
        LEFT JOIN membership m ON m.sandbox_id = s.id AND m.user_id = t.payload ->> 'accountId'
        LEFT JOIN "user" u ON u.id = m.user_id
        LEFT JOIN grant_context g ON g.sandbox_id = s.id AND g.grant_id = t.payload ->> 'grantId'
      WHERE s.slug = ${slug}`,
  );
  if (!row) return undefined;
  const { id, name, orchestrate_scope: orchestrateScope } = row;
  return { sandbox: { id, slug: row.slug, name, orchestrateScope }, token: toToken(row) };
}

function toToken(row: Row): AccessToken | undefined {
  const { payload, expires_at: expiresAt } = row;
  if (!payload?.clientId || !expiresAt) return undefined;
  const { clientId, scope = '', aud: audience = '', accountId, grantId } = payload;
  const lastUsedAt = row.last_used_at;
  return withoutUndefined({
    clientId,
    scope,
    audience,
    expiresAt,
    clientEnabled: row.enabled === true,
    clientAddresses: toClientAddresses(row),
    userId: accountId || undefined,
    user: toUser(row),
    patient: row.patient || undefined,
    encounter: row.encounter || undefined,
    fhirContext: row.fhir_context ?? undefined,
    grant: grantId && lastUsedAt ? { grantId, lastUsedAt } : undefined,
  });
}

function toClientAddresses({ redirect_uris, origins }: Row): ClientAddresses {
  return { redirectUris: redirect_uris ?? [], origins: origins ?? [] };
}

function toUser({ username, role, fhir_user, proxy_for }: Row): AccessToken['user'] {
  if (!username || !role) return undefined;
  return withoutUndefined({
    username,
    role,
    fhirUser: fhir_user || undefined,
    proxyFor: proxy_for?.length ? proxy_for : undefined,
  });
}
