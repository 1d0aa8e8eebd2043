import { execute, sql } from '../database/sql.ts';

/** So many rows go at a time: no lock is held for long, and other requests come between. */
const batchSize = 500;

/**
 * Takes a batch of resources and old versions out of a sandbox, with all they could be found by, for good.
 * @returns how many rows went; 0 when the sandbox is empty
 */
export async function removeSomeResources(sandboxId: number): Promise<number> {
  const resources = await execute(
    sql`DELETE FROM resource WHERE key IN (
      SELECT key FROM resource WHERE sandbox_id = ${sandboxId}::int ORDER BY key LIMIT ${batchSize} FOR UPDATE)`,
  );
  if (resources > 0) return resources;
  return execute(
    sql`DELETE FROM resource_version WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM resource_version WHERE sandbox_id = ${sandboxId}::int LIMIT ${batchSize}))`,
  );
}

/** The same for what else a sandbox may hold much of: artifacts of the authorization server, and audit events. */
export async function removeSomeRecords(sandboxId: number): Promise<number> {
  const payloads = await execute(
    sql`DELETE FROM oidc_payload WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM oidc_payload WHERE sandbox_id = ${sandboxId}::int LIMIT ${batchSize}))`,
  );
  if (payloads > 0) return payloads;
  return execute(
    sql`DELETE FROM audit_event WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM audit_event WHERE sandbox_id = ${sandboxId}::int LIMIT ${batchSize}))`,
  );
}
