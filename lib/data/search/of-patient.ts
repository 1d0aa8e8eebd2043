import { isColumnParameter } from '#lib/fhir/index/column-parameters.ts';
import type { SearchClause } from '#lib/fhir/search/clause.ts';
import type { ValueClause } from '#lib/fhir/search/value-clause.ts';
import { and, type Sql, sql } from '../database/sql.ts';
import { type PlainClause, plainCondition, valueCondition } from './condition.ts';
import { rowsIn, type Subject } from './index-tables.ts';

/** The most conditions with which a plan is kept: more of them make too many different statements. */
const maxRemembered = 4;

/** A search among the resources that refer to one patient. */
export interface PatientSearch {
  /** A query with the column `key` for the keys of the matches, in ascending order. */
  keys: Sql;
  /** The clauses that `keys` does not contain. */
  rest: SearchClause[];
  /** Whether connections may keep its plan. */
  prepared: boolean;
}

/**
 * The search among the resources that refer to one patient, if `clauses` name one. A patient has few resources compared
 * to the sandbox, so the best plan is known in advance: from the patient to the resources, and from each of them to the
 * other indexes. Left alone, the planner takes longer to find that plan than to execute it.
 */
export function searchOfPatient(subject: Subject, clauses: SearchClause[]): PatientSearch | undefined {
  const first = clauses.find(isOnePatient);
  if (!first) return undefined;
  const others = clauses.filter((clause) => clause !== first);
  const looked = others.filter(isLookedUp);
  const found = { ...subject, alias: 'own', rowByRow: true };
  const rows = rowsIn(subject, 'reference', sql`i.parameter = ${first.parameter.code}`, valueCondition(first));
  return {
    keys: sql`SELECT own.key FROM (SELECT DISTINCT i.resource_key AS key FROM ${rows} ORDER BY i.resource_key) AS own
      WHERE ${and(looked.map((clause) => plainCondition(found, clause)))}`,
    rest: others.filter((clause) => !isLookedUp(clause)),
    prepared: clauses.length <= maxRemembered && looked.length === others.length && looked.every(isSingle),
  };
}

type ReferenceClause = Extract<ValueClause, { kind: 'reference' }>;

function isOnePatient(clause: SearchClause): clause is ReferenceClause {
  if (clause.kind !== 'reference' || clause.values.length !== 1) return false;
  const type = clause.values[0]?.resourceType;
  return type === undefined ? clause.parameter.targets.includes('Patient') : type === 'Patient';
}

/** Tells whether one index answers a clause without the resource itself. */
function isLookedUp(clause: SearchClause): clause is PlainClause {
  return clause.kind !== 'chain' && clause.kind !== 'has' && !isColumnParameter(clause.parameter);
}

function isSingle(clause: PlainClause): boolean {
  return clause.kind === 'missing' || (clause.kind !== 'composite' && clause.values.length === 1);
}
