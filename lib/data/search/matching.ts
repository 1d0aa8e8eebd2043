import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import type { SearchRequest } from '#lib/fhir/search/request.ts';
import { reachOf } from '#lib/smart/permission/permission.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { and, type Sql, sql } from '../database/sql.ts';
import { clauseCondition } from './chain.ts';
import type { Subject } from './index-tables.ts';
import { firstClause, keysOf } from './keys.ts';
import { type PatientSearch, searchOfPatient } from './of-patient.ts';
import { reachesAll, withinReach } from './reach.ts';

/** Describes matches in SQL: the rows `r` of table `resource` for which `where` holds. */
export interface Matching {
  where: Sql;
  /** A query that yields their keys, and perhaps others, in the order of the page. */
  keys?: Sql;
  /** A query that yields exactly their keys, so that they can be counted without reading resources. */
  all?: Sql;
  /** Whether connections may keep the plan: it does not depend on the values, and the SQL has few variants. */
  prepared?: boolean;
}

/** Describes the matches of a search on one type that the reader may search for. */
export function matchingOf({ sandboxId, permission }: Reader, request: SearchRequest): Matching {
  const { clauses, resourceType } = request;
  const subject: Subject = { sandboxId, resourceType, alias: 'r' };
  const { keys, rest = clauses, prepared = false } = wayInto(subject, request);
  const where = and([
    sql`r.sandbox_id = ${sandboxId}::int AND r.resource_type = ${resourceType} AND NOT r.deleted`,
    withinReach(subject, permission, ['s']),
    ...rest.map((clause) => clauseCondition(subject, permission, clause)),
  ]);
  const [only, ...others] = clauses;
  const all = only && others.length === 0 && reachesAll(permission, resourceType, 's') && keysOf(subject, only);
  return withoutUndefined({
    where,
    keys,
    all: all || undefined,
    prepared: prepared && reachOf(permission, resourceType, 's').every(({ parameters }) => parameters.length === 0),
  });
}

/** The index that a search starts with, when the planner should not choose it. */
function wayInto(subject: Subject, { clauses, sort }: SearchRequest): Partial<PatientSearch> {
  const ofPatient = searchOfPatient(subject, clauses);
  if (ofPatient) return ofPatient;
  const first = sort.length === 0 ? firstClause(clauses) : undefined;
  const keys = first && keysOf(subject, first);
  return keys ? { keys, rest: clauses.filter((clause) => clause !== first) } : {};
}
