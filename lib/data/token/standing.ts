import { type Sql, sql } from '../database/sql.ts';
import type { NewGrant } from './grants.ts';

/** What a request gives: a new grant of a user, or a token to a backend service. */
interface Given {
  sandboxId: number;
  newGrant?: NewGrant | undefined;
  /** The client_id of the service. */
  service?: string | undefined;
}

/**
 * SQL that finds the app to which a request gives access, and the user for whom, if both still are as the request has
 * read them. Its locks make a change that takes access away wait, so that it ends what was given just before it.
 * Undefined for a request that gives nobody new access.
 */
export function standingOf({ sandboxId, newGrant, service }: Given): Sql | undefined {
  if (service !== undefined) return sql`SELECT 1 FROM client c WHERE ${isEnabled(sandboxId, service)} FOR SHARE`;
  if (!newGrant?.member) return undefined;
  const { clientId, userId, member } = newGrant;
  const { role, fhirUser = null, proxyFor = [] } = member;
  return sql`SELECT 1 FROM client c JOIN membership m ON m.sandbox_id = c.sandbox_id
    WHERE ${isEnabled(sandboxId, clientId)} AND m.user_id = ${userId} AND m.role::text = ${role}
      AND m.fhir_user IS NOT DISTINCT FROM ${fhirUser}::text AND m.proxy_for = ${proxyFor}::text[]
    FOR SHARE`;
}

function isEnabled(sandboxId: number, clientId: string): Sql {
  return sql`c.sandbox_id = ${sandboxId}::int AND c.client_id = ${clientId} AND c.enabled`;
}
