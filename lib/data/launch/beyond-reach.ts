import type { Reader } from '#lib/smart/permission/reader.ts';
import { or, query, sql } from '../database/sql.ts';
import { reachByType, reachesAll } from '../search/reach.ts';

/**
 * A resource that a launch may not name: it does not exist, or the reader may not read it. Which of the two is told to
 * nobody, unless the reader may read whatever there is of the type.
 */
export interface BeyondReach {
  /** `Type/id`. */
  reference: string;
  /** Whether the reader could read it if it existed, so that it does not exist. */
  missing: boolean;
}

/** Those of `references` (`Type/id`) that `reader` cannot read, in their order. Takes one query at most. */
export async function findBeyondReach(reader: Reader, references: readonly string[]): Promise<BeyondReach[]> {
  const wanted = [...new Set(references)];
  if (wanted.length === 0) return [];
  const names = wanted.map((reference) => reference.split('/'));
  const types = names.map(([type = '']) => type);
  const groups = reachByType({ ...reader, alias: 'r', verbs: ['r'] }, [...new Set(types)]);
  const reached = or(groups.map(({ types, reach }) => sql`(r.resource_type = ANY(${types}::text[]) AND ${reach})`));
  const rows = await query<{ reference: string }>(
    sql`SELECT r.resource_type || '/' || r.id AS reference
      FROM resource r JOIN unnest(${types}::text[], ${names.map(([, id = '']) => id)}::text[]) AS w(type, id)
        ON r.resource_type = w.type AND r.id = w.id
      WHERE r.sandbox_id = ${reader.sandboxId}::int AND NOT r.deleted AND ${reached}`,
  );
  const found = new Set(rows.map(({ reference }) => reference));
  return wanted
    .filter((reference) => !found.has(reference))
    .map((reference) => ({ reference, missing: reachesAll(reader.permission, typeOf(reference), 'r') }));
}

function typeOf(reference: string): string {
  return reference.split('/')[0] ?? '';
}
