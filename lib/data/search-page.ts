import { invalid } from '#lib/fhir/fhir-error.ts';
import type { SortKey } from '#lib/fhir/search-sort.ts';
import { name, or, type Sql, sql } from './sql.ts';

/** One value by which matches are ordered, as SQL, and the type its text is cast back to. */
export interface OrderKey {
  value: Sql;
  cast: 'text' | 'timestamptz' | 'bigint';
  descending: boolean;
}

/** The order of matches: the keys asked for, then the order of storing, so that no two are equal. */
export function orderOf(alias: string, sort: SortKey[]): OrderKey[] {
  const row = name(alias);
  const asked = sort.map((key) => orderKey(row, key));
  return [...asked, { value: sql`${row}.key`, cast: 'bigint', descending: false }];
}

/** Of several values the first in the asked direction counts; a resource without one comes before all others. */
function orderKey(row: Sql, { parameter, descending }: SortKey): OrderKey {
  if (parameter.code === '_id') return { value: sql`${row}.id COLLATE "C"`, cast: 'text', descending };
  if (parameter.code === '_lastUpdated') return { value: sql`${row}.last_updated`, cast: 'timestamptz', descending };
  const first = descending ? sql`max` : sql`min`;
  const where = sql`WHERE i.resource_key = ${row}.key AND i.parameter = ${parameter.code}`;
  if (parameter.kind === 'date') {
    const column = descending ? sql`i.high` : sql`i.low`;
    const value = sql`coalesce((SELECT ${first}(${column}) FROM date_index i ${where}), '-infinity')`;
    return { value, cast: 'timestamptz', descending };
  }
  const [column, table] =
    parameter.kind === 'string' ? [sql`i.value`, sql`string_index`] : [sql`i.code`, sql`token_index`];
  const value = sql`coalesce((SELECT ${first}(${column} COLLATE "C") FROM ${table} i ${where}), '') COLLATE "C"`;
  return { value, cast: 'text', descending };
}

/** SQL that holds for what comes after the match whose order values a cursor carries. */
export function after(order: OrderKey[], cursor: string): Sql {
  const values = readCursor(cursor, order);
  const bound = order.map(({ cast }, index) => sql`${values[index]}::text::${name(cast)}`);
  const steps = order.map(({ value, descending }, index) => {
    const equal = order.slice(0, index).map((earlier, at) => sql`${earlier.value} = ${bound[at]} AND `);
    const beyond = descending ? sql`<` : sql`>`;
    return sql`(${equal.reduce((all, one) => sql`${all}${one}`, sql``)}${value} ${beyond} ${bound[index]})`;
  });
  return or(steps);
}

/** The order values of a match, as the link to the next page carries them. */
export function writeCursor(values: string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

const shapes: Record<OrderKey['cast'], RegExp> = {
  text: /^[^\0]*$/su,
  timestamptz: /^(-infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d(:\d\d)?)?( BC)?)$/,
  bigint: /^\d{1,18}$/,
};

/** @throws FhirError 400 for a cursor that this search did not hand out. */
function readCursor(cursor: string, order: OrderKey[]): string[] {
  const values = parseJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  const fits = Array.isArray(values) && values.length === order.length;
  if (!fits || !order.every(({ cast }, index) => shapes[cast].test(String(values[index])))) {
    throw invalid('_cursor is not one that a page of this search has handed out.');
  }
  return values.map(String);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
