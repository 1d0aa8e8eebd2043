import type { CompositeValue, SearchClause } from '#lib/fhir/search/clause.ts';
import type { ReferenceValue, TokenValue } from '#lib/fhir/search/value.ts';
import type { ValueClause } from '#lib/fhir/search/value-clause.ts';
import { indexKey, normalizeText } from '#lib/fhir/value/index-text.ts';
import { name, or, type Sql, sql } from '../database/sql.ts';
import { compositeNamed } from './composite.ts';
import { inTable, type Subject } from './index-tables.ts';
import { nearCondition } from './near.ts';
import { dateCondition, instantCondition, quantityCondition, spanCondition } from './range.ts';

export type { Subject } from './index-tables.ts';

/** A clause that a single index answers. */
export type PlainClause = Exclude<SearchClause, { kind: 'chain' | 'has' }>;

/** SQL that holds for the resources that match `clause`. */
export function plainCondition(subject: Subject, clause: PlainClause): Sql {
  if (clause.parameter.code === '_id') return idCondition(subject, clause);
  if (clause.parameter.code === '_lastUpdated') return lastUpdatedCondition(subject, clause);
  if (clause.kind === 'composite') return or(clause.values.map((one) => compositeCondition(subject, clause, one)));
  if (clause.parameter.composite) return missingComposite(subject, clause);
  const found = indexed(subject, clause, clause.kind === 'missing' ? sql`TRUE` : valueCondition(clause));
  const negated = clause.kind === 'missing' ? clause.missing : clause.kind === 'token' && clause.not;
  return negated ? sql`NOT ${found}` : found;
}

/** SQL that holds when the index of the clause's parameter has a row for which `where` holds. */
export function indexed(subject: Subject, { parameter }: SearchClause, where: Sql): Sql {
  const kind = parameter.composite?.kind ?? parameter.kind;
  return kind === 'composite' ? sql`FALSE` : inTable(subject, kind, sql`i.parameter = ${parameter.code}`, where);
}

/** SQL for a composite clause: its values are indexed under a name that contains the code. */
function compositeCondition(subject: Subject, { parameter }: PlainClause, { code, value, end }: CompositeValue): Sql {
  const kind = parameter.composite?.kind;
  const where = end ? spanCondition(value, end) : valueCondition(value);
  return kind ? inTable(subject, kind, compositeNamed(parameter.code, code), where) : sql`FALSE`;
}

function missingComposite(subject: Subject, { parameter, ...clause }: PlainClause): Sql {
  if (clause.kind !== 'missing' || !parameter.composite) return sql`FALSE`;
  const named = sql`starts_with(i.parameter, ${`${parameter.code}$`})`;
  const found = inTable(subject, parameter.composite.kind, named, sql`TRUE`);
  return clause.missing ? sql`NOT ${found}` : found;
}

/** SQL that holds for the index rows `i` with one of the values of `clause`. */
export function valueCondition(clause: ValueClause): Sql {
  switch (clause.kind) {
    case 'uri':
      return or(clause.values.map((value) => uriCondition(clause.match, value)));
    case 'token':
      return tokenCondition(clause.values);
    case 'string':
      return or(clause.values.map((value) => stringCondition(clause.match, value)));
    case 'date':
      return or(clause.values.map((value) => dateCondition(value, sql`i.low`, sql`i.high`)));
    case 'quantity':
      return or(clause.values.map((value) => quantityCondition(value)));
    case 'reference':
      return referenceCondition(clause.values, clause.parameter.targets);
    case 'near':
      return or(clause.values.map(nearCondition));
  }
}

/** @see https://hl7.org/fhir/R4/search.html#uri */
function uriCondition(match: 'above' | 'below', uri: string): Sql {
  return match === 'below' ? sql`starts_with(i.code, ${uri})` : sql`starts_with(${uri}, i.code)`;
}

/** Compares with one array of values; a single value is compared directly, which lets the index keep its key order. */
function oneOf(column: Sql, values: string[]): Sql {
  return values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = ANY(${values}::text[])`;
}

function tokenCondition(values: TokenValue[]): Sql {
  const bySystem = Map.groupBy(values, ({ system }) => system);
  const conditions = [...bySystem].map(([system, ofSystem]) => {
    const inSystem = system === undefined ? sql`TRUE` : sql`i.system = ${system}`;
    if (ofSystem.some(({ code }) => code === undefined)) return inSystem;
    return sql`(${oneOf(
      sql`i.code`,
      ofSystem.flatMap(({ code }) => code ?? []),
    )} AND ${inSystem})`;
  });
  return or(conditions);
}

/** SQL for strings; a prefix becomes a range, which ends with the prefix followed by the last character there is. */
function stringCondition(match: 'start' | 'exact' | 'part', text: string): Sql {
  const start = normalizeText(text);
  if (match === 'exact') return sql`(i.value = ${start} AND i.exact = ${indexKey(text)})`;
  if (match === 'part') return sql`position(${start} in i.value) > 0`;
  return sql`(i.value ~>=~ ${start} AND i.value ~<~ ${`${start}\u{10FFFF}`})`;
}

function referenceCondition(values: ReferenceValue[], targets: string[]): Sql {
  const onlyTarget = targets.length === 1 ? targets[0] : undefined;
  const byType = Map.groupBy(values, ({ resourceType = onlyTarget }) => resourceType);
  const conditions = [...byType].map(([type, ofType]) => {
    const ids = oneOf(
      sql`i.target_id`,
      ofType.map(({ id }) => id),
    );
    return type === undefined ? sql`(${ids} AND i.target_type <> '')` : sql`(${ids} AND i.target_type = ${type})`;
  });
  return or(conditions);
}

function idCondition({ alias }: Subject, clause: PlainClause): Sql {
  if (clause.kind === 'missing') return clause.missing ? sql`FALSE` : sql`TRUE`;
  if (clause.kind !== 'token') return sql`FALSE`;
  const ids = clause.values.flatMap(({ system, code }) => (system || code === undefined ? [] : code));
  const found = sql`${name(alias)}.id = ANY(${ids}::text[])`;
  return clause.not ? sql`NOT ${found}` : found;
}

function lastUpdatedCondition({ alias }: Subject, clause: PlainClause): Sql {
  if (clause.kind === 'missing') return clause.missing ? sql`FALSE` : sql`TRUE`;
  if (clause.kind !== 'date') return sql`FALSE`;
  return or(clause.values.map((value) => instantCondition(value, sql`${name(alias)}.last_updated`)));
}
