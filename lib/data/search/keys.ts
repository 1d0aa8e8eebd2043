import { isColumnParameter } from '#lib/fhir/index/column-parameters.ts';
import type { SearchClause } from '#lib/fhir/search/clause.ts';
import { type Sql, sql } from '../database/sql.ts';
import { valueCondition } from './condition.ts';
import { rowsIn, type Subject } from './index-tables.ts';

/**
 * The clause that a search starts with when all of its clauses compare strings. The planner estimates badly how many
 * strings begin with a prefix, and would fetch all matches to sort them; the index yields their keys in order, so that
 * only the resources of the page are fetched.
 */
export function firstClause(clauses: SearchClause[]): SearchClause | undefined {
  const [first] = clauses.toSorted((a, b) => shortest(b) - shortest(a));
  return clauses.every((clause) => shortest(clause) > 0) ? first : undefined;
}

/** The length of the shortest text that a clause compares; 0 when the clause does not fix the beginning of a string. */
function shortest(clause: SearchClause): number {
  if (clause.kind !== 'string' || clause.match === 'part') return 0;
  return Math.min(...clause.values.map(({ length }) => length));
}

/**
 * A query with the column `key` for the keys of the resources that match `clause`, in ascending order. Deleted
 * resources have no index rows, so they are never among them. Undefined for a clause that index rows alone cannot
 * answer.
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
