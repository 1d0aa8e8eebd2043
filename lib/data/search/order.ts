import type { SortableKind, SortKey } from '#lib/fhir/search/sort.ts';
import { canonicalSizes, ucum } from '#lib/fhir/value/ucum.ts';
import { name, type Sql, sql } from '../database/sql.ts';
import { tables } from './index-tables.ts';

/** SQL for one value by which matches are ordered, and the type that its text in a cursor is cast back to. */
export interface OrderKey {
  value: Sql;
  cast: 'text' | 'timestamptz' | 'numeric' | 'bigint';
  descending: boolean;
}

/** The order of matches: by the requested keys, then by row key, so that no two are equal. */
export function orderOf(alias: string, sort: SortKey[]): OrderKey[] {
  const row = name(alias);
  const asked = sort.map((key) => orderKey(row, key));
  return [...asked, { value: sql`${row}.key`, cast: 'bigint', descending: false }];
}

/**
 * SQL for the value of one sort key: of several values the first in its direction; a resource without any is the least.
 */
function orderKey(row: Sql, { parameter, kind, descending }: SortKey): OrderKey {
  if (parameter.code === '_id') return { value: sql`${row}.id COLLATE "C"`, cast: 'text', descending };
  if (parameter.code === '_lastUpdated') return { value: sql`${row}.last_updated`, cast: 'timestamptz', descending };
  const { column, cast } = indexed[kind](descending ? sql`i.high` : sql`i.low`);
  const first = descending ? sql`max` : sql`min`;
  const found = sql`SELECT ${first}(${column}) FROM ${name(tables[kind])} i
    WHERE i.resource_key = ${row}.key AND i.parameter = ${parameter.code}`;
  return { value: orLeast[cast](found), cast, descending };
}

type Cast = Exclude<OrderKey['cast'], 'bigint'>;

const orLeast: Record<Cast, (found: Sql) => Sql> = {
  text: (found) => sql`coalesce((${found}), '') COLLATE "C"`,
  timestamptz: (found) => sql`coalesce((${found}), '-infinity')`,
  numeric: (found) => sql`coalesce((${found}), '-Infinity')`,
};

/** The column of an index row `i` that is sorted by; of a range, the given end. */
const indexed: Record<SortableKind, (end: Sql) => { column: Sql; cast: Cast }> = {
  token: () => ({ column: sql`i.code COLLATE "C"`, cast: 'text' }),
  uri: () => ({ column: sql`i.code COLLATE "C"`, cast: 'text' }),
  string: () => ({ column: sql`i.value COLLATE "C"`, cast: 'text' }),
  date: (end) => ({ column: end, cast: 'timestamptz' }),
  number: (end) => ({ column: end, cast: 'numeric' }),
  quantity: (end) => ({ column: canonical(end), cast: 'numeric' }),
  reference: () => ({
    column: sql`(CASE i.target_type WHEN '' THEN '' ELSE i.target_type || '/' END || i.target_id) COLLATE "C"`,
    cast: 'text',
  }),
};

const sizes = JSON.stringify(canonicalSizes());

/**
 * SQL that converts a number to the first of the comparable units, or leaves it when its unit is not converted here.
 */
function canonical(number: Sql): Sql {
  const unit = sql`SELECT ${sizes}::text::jsonb -> i.code AS size WHERE i.system = ${ucum}`;
  return sql`coalesce((SELECT (${number} + (u.size ->> 2)::numeric) * (u.size ->> 0)::numeric / (u.size ->> 1)::numeric
    FROM (${unit}) u), ${number})`;
}
