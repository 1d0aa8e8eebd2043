import type { Patient } from 'fhir/r4';
import type { Permission } from '#lib/smart/permission.ts';
import { withinReach } from './search-reach.ts';
import { query, sql } from './sql.ts';

/** Those of a sandbox's patients with one of these ids that `permission` reaches for reading; in no order. */
export async function findPatientsById(
  sandboxId: number,
  permission: Permission,
  ids: readonly string[],
): Promise<Patient[]> {
  if (ids.length === 0) return [];
  const rows = await query<{ content: string }>(
    sql`SELECT r.content FROM resource r
      WHERE r.sandbox_id = ${sandboxId}::int AND r.resource_type = 'Patient' AND r.id = ANY(${[...ids]}::text[])
        AND NOT r.deleted AND ${withinReach({ sandboxId, resourceType: 'Patient', alias: 'r' }, permission, ['r'])}`,
  );
  return rows.map(({ content }) => JSON.parse(content));
}
