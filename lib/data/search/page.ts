import { invalid } from '#lib/fhir/fhir-error.ts';
import { name, or, type Sql, sql } from '../database/sql.ts';
import type { OrderKey } from './order.ts';

/** SQL that holds for the matches after the one whose order values the cursor carries. */
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

/** Encodes the order values of a match as the cursor in the link to the next page. */
export function writeCursor(values: string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

const shapes: Record<OrderKey['cast'], RegExp> = {
  text: /^[^\0]*$/su,
  timestamptz: /^(-infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d(:\d\d)?)?( BC)?)$/,
  numeric: /^(-Infinity|-?\d{1,1000}(\.\d{1,1000})?)$/,
  bigint: /^\d{1,18}$/,
};

/** Decodes a cursor. @throws FhirError 400 for a cursor that this search did not issue. */
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
