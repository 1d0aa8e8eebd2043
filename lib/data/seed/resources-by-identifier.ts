import { indexKey } from '#lib/fhir/value/index-text.ts';
import { query, sql } from '../database/sql.ts';

/** An identifier that exactly one resource should have; without `system`, any system matches. */
export interface WantedIdentifier {
  resourceType: string;
  system?: string;
  value: string;
}

/** For each of `wanted`, the resources that have it, as `Type/id`; at most two, which show that it is ambiguous. */
export async function findByIdentifiers(sandboxId: number, wanted: WantedIdentifier[]): Promise<string[][]> {
  if (wanted.length === 0) return [];
  const types = wanted.map(({ resourceType }) => resourceType);
  const systems = wanted.map(({ system }) => (system === undefined ? null : indexKey(system)));
  const values = wanted.map(({ value }) => indexKey(value));
  const rows = await query<{ place: number; name: string }>(
    sql`SELECT w.place::int AS place, r.name
      FROM unnest(${types}::text[], ${systems}::text[], ${values}::text[])
          WITH ORDINALITY AS w(type, system, value, place),
        LATERAL (SELECT DISTINCT r.resource_type || '/' || r.id AS name
          FROM token_index t JOIN resource r ON r.key = t.resource_key
          WHERE t.sandbox_id = ${sandboxId}::int AND t.resource_type = w.type AND t.parameter = 'identifier'
            AND t.code = w.value AND (w.system IS NULL OR t.system = w.system) AND NOT r.deleted
          LIMIT 2) AS r`,
  );
  const byPlace = Map.groupBy(rows, ({ place }) => place);
  return wanted.map((_, index) => (byPlace.get(index + 1) ?? []).map(({ name }) => name));
}
