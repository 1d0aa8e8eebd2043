import type { Reader } from '#lib/smart/permission/reader.ts';
import { or, query, sql } from '../database/sql.ts';
import { reachByType } from '../search/reach.ts';

/** A resource that a launch may not name, because it does not exist or the reader may not read it. */
export interface BeyondReach {
  /** `Type/id`. */
  reference: string;
  exists: boolean;
}

/** Those of `references` (`Type/id`) that `reader` may not read, in their order. Takes one query at most. */
export async function findBeyondReach(reader: Reader, references: readonly string[]): Promise<BeyondReach[]> {
  const wanted = [...new Set(references)];
  if (wanted.length === 0) return [];
  const names = wanted.map((reference) => reference.split('/'));
  const types = names.map(([type = '']) => type);
  const groups = reachByType({ ...reader, alias: 'r', verbs: ['r'] }, [...new Set(types)]);
  const reached = or(groups.map(({ types, reach }) => sql`(r.resource_type = ANY(${types}::text[]) AND ${reach})`));
  const rows = await query<{ reference: string; reached: boolean }>(
    sql`SELECT r.resource_type || '/' || r.id AS reference, ${reached} AS reached
      FROM resource r JOIN unnest(${types}::text[], ${names.map(([, id = '']) => id)}::text[]) AS w(type, id)
        ON r.resource_type = w.type AND r.id = w.id
      WHERE r.sandbox_id = ${reader.sandboxId}::int AND NOT r.deleted`,
  );
  const found = new Map(rows.map((row) => [row.reference, row.reached]));
  return wanted
    .filter((reference) => !found.get(reference))
    .map((reference) => ({ reference, exists: found.has(reference) }));
}
