import { isColumnParameter } from '#lib/fhir/index/column-parameters.ts';
import type { SearchClause } from '#lib/fhir/search/clause.ts';
import type { ValueClause } from '#lib/fhir/search/value-clause.ts';
import { and, type Sql, sql } from '../database/sql.ts';
import { type PlainClause, plainCondition, valueCondition } from './condition.ts';
import { rowsIn, type Subject } from './index-tables.ts';

/** More conditions than this make too many different statements to remember all their plans. */
const maxRemembered = 4;

/** A search among what refers to one patient. */
export interface PatientSearch {
  /** The keys of what is found, in ascending order, as a query with the column `key`. */
  keys: Sql;
  /** Clauses that are not in it. */
  rest: SearchClause[];
  /** Whether its text is one of a few, whatever the values are. */
  prepared: boolean;
}

/**
 * The search among what refers to one patient, if `clauses` ask for one. A patient has few resources beside a sandbox, so
 * the best way is known without the values: from the patient to the resources, and with each of them to the other
 * indexes. The planner, left alone, takes longer to find that way than to go it.
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

/** Whether one index answers it, without a look at the resource. */
function isLookedUp(clause: SearchClause): clause is PlainClause {
  return clause.kind !== 'chain' && clause.kind !== 'has' && !isColumnParameter(clause.parameter);
}

function isSingle(clause: PlainClause): boolean {
  return clause.kind === 'missing' || (clause.kind !== 'composite' && clause.values.length === 1);
}
