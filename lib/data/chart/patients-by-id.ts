import type { Patient } from 'fhir/r4';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { query, sql } from '../database/sql.ts';
import { withinReach } from '../search/reach.ts';
import { noteTouched } from '../touched.ts';

/** The patients with these ids that exist and that `reader` may read, in no particular order. */
export async function findPatientsById({ sandboxId, permission }: Reader, ids: readonly string[]): Promise<Patient[]> {
  if (ids.length === 0) return [];
  const rows = await query<{ id: string; content: string; patients: string[] }>(
    sql`SELECT r.id, r.content, r.patients FROM resource r
      WHERE r.sandbox_id = ${sandboxId}::int AND r.resource_type = 'Patient' AND r.id = ANY(${[...ids]}::text[])
        AND NOT r.deleted AND ${withinReach({ sandboxId, resourceType: 'Patient', alias: 'r' }, permission, ['r'])}`,
  );
  noteTouched(rows.map(({ id, patients }) => ({ resourceType: 'Patient', id, patients })));
  return rows.map(({ content }) => JSON.parse(content));
}
