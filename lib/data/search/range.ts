import type { DateValue, Prefix, QuantityValue } from '#lib/fhir/search/value.ts';
import type { ValueClause } from '#lib/fhir/search/value-clause.ts';
import { beginningOfTime, endOfTime } from '#lib/fhir/value/date-range.ts';
import { comparableUnits, ucum } from '#lib/fhir/value/ucum.ts';
import { and, or, type Sql, sql } from '../database/sql.ts';

/**
 * SQL that compares the stored range from `low` up to, but not including, `high` with the range of a search.
 * @see https://hl7.org/fhir/R4/search.html#prefix
 */
export function dateCondition(value: DateValue, low: Sql, high: Sql): Sql {
  const { from, to } = bounds(value);
  const within = sql`(${low} >= ${from} AND ${high} <= ${to})`;
  const conditions: Record<Prefix, Sql> = {
    eq: within,
    ne: sql`NOT ${within}`,
    gt: sql`${high} > ${to}`,
    lt: sql`${low} < ${from}`,
    ge: sql`(${high} > ${to} OR ${low} >= ${from})`,
    le: sql`(${low} < ${from} OR ${high} <= ${to})`,
    sa: sql`${low} >= ${to}`,
    eb: sql`${high} <= ${from}`,
    ap: sql`(${low} < ${to} AND ${high} > ${from})`,
  };
  return conditions[value.prefix];
}

/** SQL that compares a stored instant with the range of a search, in a form that an index on the instant can answer. */
export function instantCondition(value: DateValue, at: Sql): Sql {
  const { from, to } = bounds(value);
  const within = sql`(${at} >= ${from} AND ${at} < ${to})`;
  const conditions: Record<Prefix, Sql> = {
    eq: within,
    ap: within,
    ne: sql`NOT ${within}`,
    gt: sql`${at} >= ${to}`,
    sa: sql`${at} >= ${to}`,
    lt: sql`${at} < ${from}`,
    eb: sql`${at} < ${from}`,
    ge: sql`${at} >= ${from}`,
    le: sql`${at} < ${to}`,
  };
  return conditions[value.prefix];
}

/** The range of a search; `ap` widens it by a tenth of its distance from now. */
function bounds({ prefix, low, high }: DateValue): { from: Sql; to: Sql } {
  const margin = prefix === 'ap' ? Math.abs(Date.now() - low) / 10 : 0;
  return { from: sql`${instant(low - margin)}::timestamptz`, to: sql`${instant(high + margin)}::timestamptz` };
}

/** An instant as ISO 8601, limited to the years that PostgreSQL and FHIR both write with four digits. */
function instant(milliseconds: number): string {
  return new Date(Math.min(Math.max(milliseconds, beginningOfTime), endOfTime)).toISOString();
}

/**
 * SQL that compares stored quantities with that of a search; equality is as precise as the searched number was written.
 * Without a system, the unit may be a code or its human form. With a UCUM unit, comparable units are converted.
 */
export function quantityCondition(searched: QuantityValue, ends = bothEnds): Sql {
  const { prefix, value, margin, system, code } = searched;
  const number = sql`${value}::text::numeric`;
  const half = prefix === 'ap' ? sql`abs(${number}) / 10` : sql`${margin}::text::numeric`;
  const [unit, ...others] = system === ucum && code !== undefined ? comparableUnits(code) : [];
  if (!unit) return and([numberCondition(prefix, number, half, ends), ...unitConditions(system, code)]);
  const conditions = [unit, ...others].map((other) => {
    const times = sql`${unit.numerator}::text::numeric * ${other.denominator}::text::numeric`;
    const parts = sql`(${unit.denominator}::text::numeric * ${other.numerator}::text::numeric)`;
    // Divides last, so that an even result stays exact.
    const converted = sql`((${number} + ${unit.shift}::text::numeric) * ${times} / ${parts} - ${other.shift}::text::numeric)`;
    const compared = numberCondition(prefix, converted, sql`(${half} * ${times} / ${parts})`, ends);
    return and([compared, ...unitConditions(system, other.code)]);
  });
  return or(conditions);
}

/** The columns that hold the lowest and the highest number. */
interface Ends {
  low: Sql;
  high: Sql;
}

const bothEnds: Ends = { low: sql`i.low`, high: sql`i.high` };

/** SQL that holds for the rows whose lower number meets `start` and whose upper number meets `end`. */
export function spanCondition(start: ValueClause, end: ValueClause): Sql {
  const compared = (clause: ValueClause, column: Sql) =>
    clause.kind === 'quantity'
      ? or(clause.values.map((value) => quantityCondition(value, { low: column, high: column })))
      : sql`FALSE`;
  return and([compared(start, bothEnds.low), compared(end, bothEnds.high)]);
}

function numberCondition(prefix: Prefix, number: Sql, half: Sql, { low, high }: Ends): Sql {
  const equal = sql`(${low} >= ${number} - ${half} AND ${high} < ${number} + ${half})`;
  const conditions: Record<Prefix, Sql> = {
    eq: equal,
    ne: sql`NOT ${equal}`,
    gt: sql`${high} > ${number}`,
    lt: sql`${low} < ${number}`,
    ge: sql`${high} >= ${number}`,
    le: sql`${low} <= ${number}`,
    sa: sql`${low} > ${number}`,
    eb: sql`${high} < ${number}`,
    ap: sql`(${low} <= ${number} + ${half} AND ${high} >= ${number} - ${half})`,
  };
  return conditions[prefix];
}

function unitConditions(system?: string, code?: string): Sql[] {
  if (system !== undefined) return [sql`i.system = ${system}`, ...(code === undefined ? [] : [sql`i.code = ${code}`])];
  return code === undefined ? [] : [sql`(i.code = ${code} OR i.unit = ${code})`];
}
