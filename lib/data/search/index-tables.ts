import type { SearchParameterKind } from '#lib/fhir/definition/search-parameter.ts';
import { name, type Sql, sql } from '../database/sql.ts';

/** The rows of table `resource` that a condition is about. */
export interface Subject {
  sandboxId: number;
  resourceType: string;
  /** Alias of the table in the query. */
  alias: string;
  /** Whether the planner must check conditions row by row, instead of starting from the rows that they find. */
  rowByRow?: boolean;
}

/** The index table of each kind of search parameter. */
export const tables: Record<SearchParameterKind, string> = {
  token: 'token_index',
  uri: 'token_index',
  string: 'string_index',
  date: 'date_index',
  number: 'quantity_index',
  quantity: 'quantity_index',
  reference: 'reference_index',
  special: 'position_index',
};

/** SQL that holds for the resources that have a matching row in the index of a kind. */
export function inTable(subject: Subject, kind: SearchParameterKind, named: Sql, where: Sql): Sql {
  const key = sql`i.resource_key = ${name(subject.alias)}.key`;
  // The planner turns EXISTS into a join, which it may start from either side; an OFFSET prevents that.
  const fence = subject.rowByRow ? sql` OFFSET 0` : sql``;
  return sql`EXISTS (SELECT 1 FROM ${rowsIn(subject, kind, named, sql`${where} AND ${key}`)}${fence})`;
}

/**
 * SQL for index rows by their whole key, so that the planner may start from the index as well as from the resources.
 */
export function rowsIn({ sandboxId, resourceType }: Subject, kind: SearchParameterKind, named: Sql, where: Sql): Sql {
  return sql`${name(tables[kind])} i
    WHERE i.sandbox_id = ${sandboxId}::int AND i.resource_type = ${resourceType} AND ${named} AND ${where}`;
}
