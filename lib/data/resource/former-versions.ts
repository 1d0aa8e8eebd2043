import { env } from '#lib/env.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { daysBefore } from '../database/days-before.ts';
import { deleteInSlices } from '../database/delete-in-slices.ts';
import { query, sql } from '../database/sql.ts';
import { readCurrent } from './resources.ts';

/**
 * Deletes the versions of resources that were replaced longer before `now` than they are kept; none, unless the server
 * is told to. Current versions stay, deletions among them.
 */
export async function sweepVersions(now: Date, days = env().retention.versions): Promise<void> {
  if (days === undefined) return;
  const oldest = daysBefore(now, days);
  // A version was replaced when the next one came. Where the next one is gone too, it was.
  await deleteInSlices(
    sql`resource_version`,
    sql`sandbox_id = ANY(ARRAY(SELECT id FROM sandbox)) AND last_updated < ${oldest}::timestamptz
      AND NOT EXISTS (SELECT FROM resource_version n WHERE n.sandbox_id = resource_version.sandbox_id
        AND n.resource_type = resource_version.resource_type AND n.id = resource_version.id
        AND n.version_id = resource_version.version_id + 1 AND n.last_updated >= ${oldest}::timestamptz)
      AND NOT EXISTS (SELECT FROM resource c WHERE c.sandbox_id = resource_version.sandbox_id
        AND c.resource_type = resource_version.resource_type AND c.id = resource_version.id
        AND c.version_id = resource_version.version_id + 1 AND c.last_updated >= ${oldest}::timestamptz)`,
  );
}

/**
 * Tells whether a resource whose current version, or deletion, is within reach has had this version, which has been
 * swept. A version that is still stored was not, whether it is within reach or not.
 */
export async function isSwept(reader: Reader, resourceType: string, id: string, versionId: number): Promise<boolean> {
  const current = versionId > 0 ? await readCurrent(reader, resourceType, id) : undefined;
  if (!current || versionId >= current.versionId) return false;
  const stored = await query(
    sql`SELECT FROM resource_version WHERE sandbox_id = ${reader.sandboxId}::int AND resource_type = ${resourceType}
      AND id = ${id} AND version_id = ${versionId}::int`,
  );
  return stored.length === 0;
}
