import { name, type Sql, sql } from '../database/sql.ts';
import type { Subject } from './condition.ts';

/**
 * SQL that holds for a Group all of whose members are these Patients, each by a literal reference alone. It reads the
 * content: a member with a text, an identifier or a contained Patient instead has no index row that would tell of it.
 * @see https://hl7.org/fhir/R4/group-definitions.html#Group.member
 */
export function nobodyBeside({ alias }: Subject, patients: readonly string[]): Sql {
  const content = sql`${name(alias)}.content`;
  const theirs = patients.map((patient) => `Patient/${patient}`);
  // JSON with a NUL or half of a surrogate pair cannot become jsonb: such a Group is in nobody's reach.
  return sql`CASE WHEN ${content} ~* ${'\\\\u(0000|d[89a-f])'} THEN FALSE ELSE NOT EXISTS (
    SELECT 1 FROM jsonb_path_query(${content}::jsonb, 'lax $.member[*]') AS m(member)
    WHERE m.member #> '{entity,identifier}' IS NOT NULL
      OR split_part(coalesce(m.member #>> '{entity,reference}', ''), '/_history/', 1) <> ALL(${theirs}::text[])) END`;
}
