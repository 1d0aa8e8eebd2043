import { isFhirError } from '#lib/fhir/fhir-error.ts';
import type { SearchClause } from '#lib/fhir/search/clause.ts';
import { readClause } from '#lib/fhir/search/name.ts';
import { type Permission, type Reach, reachOf } from '#lib/smart/permission/permission.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import type { Verb } from '#lib/smart/scope/scope.ts';
import { compartment } from '../database/compartment.ts';
import { and, name, or, type Sql, sql } from '../database/sql.ts';
import { type PlainClause, plainCondition, type Subject } from './condition.ts';

/** SQL that holds for the resources which `permission` reaches by any of `verbs`: FALSE when there is no way. */
export function withinReach(subject: Subject, permission: Permission, verbs: Verb[]): Sql {
  const reaches = verbs.flatMap((verb) => reachOf(permission, subject.resourceType, verb));
  return or(reaches.map((reach) => reachCondition(subject, reach)));
}

/** Whether `permission` reaches every resource of the type by `verb`, whatever stands in it. */
export function reachesAll(permission: Permission, resourceType: string, verb: Verb): boolean {
  return reachOf(permission, resourceType, verb).some(
    ({ patients, parameters, id }) => !patients && parameters.length === 0 && id === undefined,
  );
}

/**
 * The same for rows that no index leads to, superseded versions and deletions: they are judged by the compartments in
 * which they lay, and a scope narrowed by search parameters, which cannot be compared with them, reaches none.
 */
export function withinVersionReach(subject: Subject, permission: Permission, verbs: Verb[]): Sql {
  const reaches = verbs.flatMap((verb) => reachOf(permission, subject.resourceType, verb));
  return or(reaches.filter(({ parameters }) => parameters.length === 0).map((reach) => reachCondition(subject, reach)));
}

/** SQL that holds for the rows of table `resource`, current or deleted, that `permission` reaches by `verb`. */
export function withinReachOrDeleted(subject: Subject, permission: Permission, verb: Verb): Sql {
  const deleted = sql`${name(subject.alias)}.deleted`;
  const current = withinReach(subject, permission, [verb]);
  return sql`((NOT ${deleted} AND ${current}) OR (${deleted} AND ${withinVersionReach(subject, permission, [verb])}))`;
}

/** Resources of several types: whose they are, by what right, and the alias of the table in the query. */
export interface ReachQuestion extends Reader {
  alias: string;
  verbs: Verb[];
}

/** The types among `types` within reach, together where the same condition holds for all of them. */
export function reachByType(
  { sandboxId, permission, alias, verbs }: ReachQuestion,
  types: string[],
): { types: string[]; reach: Sql }[] {
  return alikeByReach(permission, types, verbs).map((alike) => ({
    types: alike,
    reach: withinReach({ sandboxId, alias, resourceType: alike[0] ?? '' }, permission, verbs),
  }));
}

/** The types among `types` within reach, in groups reached in the same way; search parameters mean something else for each type. */
export function alikeByReach(permission: Permission, types: string[], verbs: Verb[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const type of types) {
    const reaches = verbs.flatMap((verb) => reachOf(permission, type, verb));
    if (reaches.length === 0) continue;
    const way = reaches.every(({ parameters }) => parameters.length === 0) ? JSON.stringify(reaches) : type;
    groups.set(way, [...(groups.get(way) ?? []), type]);
  }
  return [...groups.values()];
}

function reachCondition(subject: Subject, { patients, parameters, id }: Reach): Sql {
  const row = name(subject.alias);
  const conditions = parameters.map(([parameter, value]) => granularCondition(subject, parameter, value));
  if (patients) {
    const compartments = patients.map((patient) => compartment(subject.sandboxId, patient));
    conditions.push(sql`${row}.patients && ${compartments}::text[]`);
  }
  if (id !== undefined) conditions.push(sql`${row}.id = ${id}`);
  return and(conditions);
}

/** A scope narrowed by what this server cannot compare reaches nothing: it must never reach more than was meant. */
function granularCondition(subject: Subject, parameter: string, value: string): Sql {
  const clause = readGranular(subject.resourceType, parameter, value);
  return clause ? plainCondition(subject, clause) : sql`FALSE`;
}

function readGranular(resourceType: string, parameter: string, value: string): PlainClause | undefined {
  try {
    const clause = readClause(resourceType, parameter, value, { chains: false });
    return clause && isPlain(clause) ? clause : undefined;
  } catch (thrown) {
    if (isFhirError(thrown)) return undefined;
    throw thrown;
  }
}

function isPlain(clause: SearchClause): clause is PlainClause {
  return clause.kind !== 'chain' && clause.kind !== 'has';
}
