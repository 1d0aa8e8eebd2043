import { type GrantContext, textParameter } from '#lib/smart/launch/context.ts';
import type { Role } from '#lib/smart/role.ts';
import { scopeOfToday } from '#lib/smart/scope/scope-of-today.ts';
import { secretHash } from '../database/secret-hash.ts';
import { query, sql } from '../database/sql.ts';
import { isLive } from '../session/live-session.ts';

/** A valid access or refresh token, with the present state of its client and user. */
export interface IssuedToken {
  kind: 'AccessToken' | 'ClientCredentials' | 'RefreshToken';
  clientId: string;
  /** What its user can grant of it today. */
  scope: string;
  audience?: string | undefined;
  /** Whether its client registered itself. */
  ofDynamicClient: boolean;
  /** Epoch seconds. */
  issuedAt: number;
  expiresAt: number;
  /** The user who granted it; undefined for a backend service. */
  userId?: string | undefined;
  /** The present role of that user in the sandbox. */
  role?: Role | undefined;
  /** The resource that stands for the user, such as `Practitioner/1`. */
  fhirUser?: string | undefined;
  /** The context of its grant; undefined for a backend service. */
  context?: GrantContext | undefined;
}

interface Row {
  kind: IssuedToken['kind'];
  payload: { clientId: string; scope?: string; aud?: string; iat: number; exp: number; accountId?: string };
  dynamic: boolean;
  role: Role | null;
  fhir_user: string | null;
  context: GrantContext | null;
}

/**
 * The access or refresh token with this value, if the sandbox has issued it and it is valid at `now`: it is not
 * expired, used up or revoked, its app is enabled, its user is a member, and the session that `online_access` needs is
 * live.
 */
export async function findIssuedToken(sandboxId: number, value: string, now: Date): Promise<IssuedToken | undefined> {
  const [row] = await query<Row>(sql`
    SELECT t.model AS kind, t.payload, c.dynamic, m.role::text AS role, m.fhir_user, g.context
    FROM oidc_payload t
      JOIN client c ON c.sandbox_id = t.sandbox_id AND c.client_id = t.payload ->> 'clientId' AND c.enabled
      LEFT JOIN membership m ON m.sandbox_id = t.sandbox_id AND m.user_id = t.payload ->> 'accountId'
      LEFT JOIN oidc_payload p ON p.sandbox_id = t.sandbox_id AND p.model = 'Grant' AND p.id = t.payload ->> 'grantId'
        AND p.expires_at > ${now}
      LEFT JOIN ehr_session l ON l.id = t.payload ->> 'sessionUid' AND l.user_id = t.payload ->> 'accountId'
        AND ${isLive('l', now)}
      LEFT JOIN grant_context g ON g.sandbox_id = t.sandbox_id AND g.grant_id = t.payload ->> 'grantId'
    WHERE t.sandbox_id = ${sandboxId}::int AND t.id = ${secretHash(value)}
      AND t.model IN ('AccessToken', 'ClientCredentials', 'RefreshToken')
      AND t.consumed_at IS NULL AND t.expires_at > ${now}
      AND (t.model = 'ClientCredentials' OR (p.id IS NOT NULL AND m.user_id IS NOT NULL))
      AND (t.model <> 'RefreshToken' OR l.id IS NOT NULL OR t.payload ->> 'scope' ~ '(^| )offline_access( |$)')`);
  return row && toToken(row);
}

function toToken({ kind, payload, dynamic, role, fhir_user, context }: Row): IssuedToken {
  const { clientId, scope = '', aud, iat, exp, accountId } = payload;
  return {
    kind,
    clientId,
    scope: scopeOfToday(scope, { role: role ?? undefined, ...contextOf(context) }),
    ofDynamicClient: dynamic,
    audience: aud,
    issuedAt: iat,
    expiresAt: exp,
    userId: accountId,
    role: role ?? undefined,
    fhirUser: fhir_user ?? undefined,
    context: accountId ? (context ?? {}) : undefined,
  };
}

function contextOf(context: GrantContext | null) {
  return { patient: textParameter(context ?? {}, 'patient'), encounter: textParameter(context ?? {}, 'encounter') };
}
