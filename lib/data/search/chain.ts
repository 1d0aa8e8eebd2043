import type { SearchClause } from '#lib/fhir/search/clause.ts';
import type { Permission } from '#lib/smart/permission/permission.ts';
import { and, name, or, type Sql, sql } from '../database/sql.ts';
import { indexed, plainCondition, type Subject } from './condition.ts';
import { withinReach } from './reach.ts';

/**
 * SQL that holds for the resources that match `clause`. A chain or `_has` follows only resources that `permission`
 * allows to be searched for; otherwise its matches would give away resources out of reach.
 */
export function clauseCondition(subject: Subject, permission: Permission, clause: SearchClause): Sql {
  if (clause.kind === 'has') return hasCondition(subject, permission, clause);
  if (clause.kind !== 'chain') return plainCondition(subject, clause);
  const conditions = clause.targets.map((target) => {
    const next = { ...subject, alias: `${subject.alias}_next`, resourceType: target.resourceType };
    const row = name(next.alias);
    return sql`EXISTS (SELECT 1 FROM resource ${row}
      WHERE ${row}.sandbox_id = i.sandbox_id AND ${row}.resource_type = i.target_type AND ${row}.id = i.target_id
        AND ${row}.resource_type = ${next.resourceType} AND NOT ${row}.deleted
        AND ${and([withinReach(next, permission, ['s']), clauseCondition(next, permission, target.clause)])})`;
  });
  return indexed(subject, clause, or(conditions));
}

/** SQL that holds when a matching resource refers to the resource. @see https://hl7.org/fhir/R4/search.html#has */
function hasCondition(
  subject: Subject,
  permission: Permission,
  { parameter, source, clause }: Extract<SearchClause, { kind: 'has' }>,
): Sql {
  const next = { ...subject, alias: `${subject.alias}_has`, resourceType: source };
  const [row, target] = [name(next.alias), name(subject.alias)];
  return sql`EXISTS (SELECT 1 FROM reference_index h JOIN resource ${row} ON ${row}.key = h.resource_key
    WHERE h.sandbox_id = ${subject.sandboxId}::int AND h.resource_type = ${source} AND h.parameter = ${parameter.code}
      AND h.target_id = ${target}.id AND h.target_type = ${subject.resourceType} AND NOT ${row}.deleted
      AND ${and([withinReach(next, permission, ['s']), clauseCondition(next, permission, clause)])})`;
}
