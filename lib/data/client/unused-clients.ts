import { env } from '#lib/env.ts';
import { execute, query, type Sql, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { daysBefore } from '../days-before.ts';
import { deleteClient } from './clients.ts';
import { lockClient } from './locked-client.ts';

/** Holds for apps `c` that hold, or held until lately, something that somebody gave them: one scan each, for all apps. */
const wasGiven = sql`((c.sandbox_id, c.client_id) IN (SELECT sandbox_id, client_id FROM grant_context)
  OR (c.sandbox_id, c.client_id) IN (SELECT sandbox_id, client_id FROM consent)
  OR (c.sandbox_id, c.client_id) IN (SELECT sandbox_id, client_id FROM launch_context)
  OR (c.sandbox_id, c.client_id) IN (SELECT sandbox_id, client_id FROM launch_scenario)
  OR (c.sandbox_id, c.client_id) IN (
    SELECT sandbox_id, payload ->> 'clientId' FROM oidc_payload WHERE model = 'ClientCredentials'))`;

const neverUsed = sql`c.dynamic AND c.used_at IS NULL`;

/**
 * Deletes the apps that registered themselves long before `now`, were not changed since and were never given anything.
 * It notes which have been: what expires is kept for a day, so that a sweep sees it. What was given and withdrawn again
 * between two sweeps, some ten minutes, leaves no trace here, and such an app counts as never used.
 */
export async function sweepUnusedClients(now: Date): Promise<void> {
  const candidates = await query(sql`SELECT FROM client c WHERE ${neverUsed} LIMIT 1`);
  if (candidates.length === 0) return;
  await execute(sql`UPDATE client c SET used_at = ${now}::timestamptz WHERE ${neverUsed} AND ${wasGiven}`);
  const oldest = daysBefore(now, env().retention.unusedClients);
  const unused = sql`${neverUsed} AND c.updated_at < ${oldest}::timestamptz AND NOT ${wasGiven}`;
  const found = await query<Named>(
    sql`SELECT c.sandbox_id AS "sandboxId", c.client_id AS "clientId" FROM client c WHERE ${unused}`,
  );
  for (const client of found) await removeUnless(client, unused);
}

interface Named {
  sandboxId: number;
  clientId: string;
}

/** Removes an app that is still unused once nothing can be given to it any more: grants wait for its lock. */
function removeUnless({ sandboxId, clientId }: Named, unused: Sql): Promise<void> {
  return inTransaction(async () => {
    if (!(await lockClient(sandboxId, clientId))) return;
    const still = await query(
      sql`SELECT FROM client c WHERE c.sandbox_id = ${sandboxId}::int AND c.client_id = ${clientId} AND ${unused}`,
    );
    if (still.length > 0) await deleteClient(sandboxId, clientId);
  });
}
