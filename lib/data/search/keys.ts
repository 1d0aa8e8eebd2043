import { isColumnParameter } from '#lib/fhir/index/column-parameters.ts';
import type { SearchClause } from '#lib/fhir/search/clause.ts';
import { type Sql, sql } from '../database/sql.ts';
import { valueCondition } from './condition.ts';
import { rowsIn, type Subject } from './index-tables.ts';

/**
 * The clause that a search begins with, when all compare strings: how many resources have a name that begins so, the
 * planner guesses badly, and would fetch all of them to sort them. The index alone knows their keys, and the resources
 * of a page are fetched one after the other then.
 */
export function firstClause(clauses: SearchClause[]): SearchClause | undefined {
  const [first] = clauses.toSorted((a, b) => shortest(b) - shortest(a));
  return clauses.every((clause) => shortest(clause) > 0) ? first : undefined;
}

/** Letters of the shortest text searched for; 0 when it is not by the beginning of a string. */
function shortest(clause: SearchClause): number {
  if (clause.kind !== 'string' || clause.match === 'part') return 0;
  return Math.min(...clause.values.map(({ length }) => length));
}

/**
 * The keys of the resources that match `clause`, in ascending order, as a query with the column `key`: of the current
 * ones alone, since what is deleted has no rows in an index. Undefined for a clause that rows with its values do not answer.
 */
export function keysOf(subject: Subject, clause: SearchClause): Sql | undefined {
  const { parameter } = clause;
  if (clause.kind === 'chain' || clause.kind === 'has' || clause.kind === 'composite' || clause.kind === 'missing') {
    return undefined;
  }
  if (clause.kind === 'token' && clause.not) return undefined;
  if (parameter.kind === 'composite' || isColumnParameter(parameter)) return undefined;
  const rows = rowsIn(subject, parameter.kind, sql`i.parameter = ${parameter.code}`, valueCondition(clause));
  return sql`SELECT DISTINCT i.resource_key AS key FROM ${rows} ORDER BY i.resource_key`;
}
