import type { GrantContext } from '#lib/smart/launch/context.ts';
import type { LaunchHash } from '#lib/smart/launch/ids.ts';
import type { Role } from '#lib/smart/role.ts';
import { query, sql } from '../database/sql.ts';
import type { OidcPayload } from './oidc-payloads.ts';

/** A grant that a request makes: its user and client, its launch, and the context that its tokens carry. */
export interface NewGrant {
  grantId: string;
  sandboxId: number;
  clientId: string;
  userId: string;
  launchHash?: LaunchHash | undefined;
  context: GrantContext;
  /** The user as a member, as the request has read them: the grant is made only while this is so. */
  member?: Standing | undefined;
}

/** What a member may do, and for whom. */
interface Standing {
  role: Role;
  fhirUser?: string | undefined;
  proxyFor?: string[] | undefined;
}

/** A grant as oidc-provider stores it, and the context that its tokens carry. */
export interface StoredGrant {
  payload: OidcPayload;
  context: GrantContext;
}

/** A grant and its context, in one query. */
export async function findGrant(sandboxId: number, grantId: string): Promise<StoredGrant | undefined> {
  const [row] = await query<{ payload: OidcPayload; context: GrantContext | null }>(
    sql`SELECT p.payload, c.context
      FROM oidc_payload AS p LEFT JOIN grant_context AS c ON c.sandbox_id = p.sandbox_id AND c.grant_id = p.id
      WHERE p.sandbox_id = ${sandboxId}::int AND p.model = 'Grant' AND p.id = ${grantId}`,
  );
  return row && { payload: { ...row.payload, jti: grantId }, context: row.context ?? {} };
}
