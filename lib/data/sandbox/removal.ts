import { execute, sql } from '../database/sql.ts';

/** How many rows are deleted at a time; small, so that locks are short and other requests get their turn. */
const batchSize = 100;

/**
 * Deletes a batch of resources and old versions of a sandbox for good, with their index rows.
 * @returns how many rows were deleted; 0 when the sandbox has none left
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

/** Deletes a batch of the artifacts of a sandbox's authorization server. Its audit events outlive it. */
export function removeSomePayloads(sandboxId: number): Promise<number> {
  return execute(
    sql`DELETE FROM oidc_payload WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM oidc_payload WHERE sandbox_id = ${sandboxId}::int LIMIT ${batchSize}))`,
  );
}
