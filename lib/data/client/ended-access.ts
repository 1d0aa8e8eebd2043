import type { LostAccess } from '#lib/smart/client/lost-access.ts';
import { requireTransaction } from '../database/ambient.ts';
import { execute, type Sql, sql } from '../database/sql.ts';

/** Artifacts `p` that end, by what is lost. */
const ending: Record<LostAccess, Sql> = {
  everything: sql`TRUE`,
  grants: sql`p.model <> 'RegistrationAccessToken'`,
  tokens: sql`p.model IN ('AccessToken', 'ClientCredentials', 'AuthorizationCode')`,
};

/**
 * Ends what an app loses of its access, in the transaction of the change that takes it away, so that nothing of it comes
 * back when the change is undone. Requests of the app that wait for a user's answer end with any loss, remembered
 * consents and launches that nobody has used with more than tokens.
 */
export async function endAccess(sandboxId: number, clientId: string, lost: LostAccess): Promise<void> {
  requireTransaction();
  await execute(
    sql`DELETE FROM oidc_payload p WHERE p.sandbox_id = ${sandboxId}::int AND (
      (p.payload ->> 'clientId' = ${clientId} AND ${ending[lost]})
      OR (p.model = 'Interaction' AND p.payload -> 'params' ->> 'client_id' = ${clientId}))`,
  );
  if (lost === 'tokens') return;
  const ofApp = sql`sandbox_id = ${sandboxId}::int AND client_id = ${clientId}`;
  await execute(sql`DELETE FROM grant_context WHERE ${ofApp}`);
  await execute(sql`DELETE FROM consent WHERE ${ofApp}`);
  await execute(
    sql`UPDATE launch_context SET withdrawn_at = now() WHERE ${ofApp} AND used_at IS NULL AND withdrawn_at IS NULL`,
  );
}
