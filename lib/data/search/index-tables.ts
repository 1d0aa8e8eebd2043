import type { SearchParameterKind } from '#lib/fhir/definition/search-parameter.ts';
import { name, type Sql, sql } from '../database/sql.ts';

/** The rows of table `resource` a condition is about. */
export interface Subject {
  sandboxId: number;
  resourceType: string;
  /** Alias of the table in the query. */
  alias: string;
  /** Conditions are looked up for each row by itself: the planner may not begin with what they find. */
  rowByRow?: boolean;
}

/** Where the values of each kind of search parameter stand. */
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

/** SQL that holds for the resources to which the index of a kind has a row. */
export function inTable(subject: Subject, kind: SearchParameterKind, named: Sql, where: Sql): Sql {
  const key = sql`i.resource_key = ${name(subject.alias)}.key`;
  // The planner turns an EXISTS into a join, which it may begin at either end, unless it has an OFFSET.
  const fence = subject.rowByRow ? sql` OFFSET 0` : sql``;
  return sql`EXISTS (SELECT 1 FROM ${rowsIn(subject, kind, named, sql`${where} AND ${key}`)}${fence})`;
}

/** Names the whole key of the index, even beside a resource's, so that the planner may start from either side. */
export function rowsIn({ sandboxId, resourceType }: Subject, kind: SearchParameterKind, named: Sql, where: Sql): Sql {
  return sql`${name(tables[kind])} i
    WHERE i.sandbox_id = ${sandboxId}::int AND i.resource_type = ${resourceType} AND ${named} AND ${where}`;
}
