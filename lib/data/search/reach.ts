import { isFhirError } from '#lib/fhir/fhir-error.ts';
import type { SearchClause } from '#lib/fhir/search/clause.ts';
import { readClause } from '#lib/fhir/search/name.ts';
import { type Permission, type Reach, reachOf } from '#lib/smart/permission/permission.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import type { Verb } from '#lib/smart/scope/scope.ts';
import { compartment } from '../database/compartment.ts';
import { and, name, or, type Sql, sql } from '../database/sql.ts';
import { type PlainClause, plainCondition, type Subject } from './condition.ts';
import { nobodyBeside } from './group-members.ts';

const everyVerb: Verb[] = ['c', 'r', 'u', 'd', 's'];

/** SQL that holds for the resources that `permission` reaches by any of `verbs`; FALSE when it reaches none. */
export function withinReach(subject: Subject, permission: Permission, verbs: Verb[]): Sql {
  const reaches = verbs.flatMap((verb) => reachOf(permission, subject.resourceType, verb));
  return or(reaches.map((reach) => reachCondition(subject, reach)));
}

/** Tells whether `permission` reaches every resource of the type by `verb`, regardless of content. */
export function reachesAll(permission: Permission, resourceType: string, verb: Verb): boolean {
  return reachOf(permission, resourceType, verb).some(
    ({ patients, parameters, id }) => !patients && parameters.length === 0 && id === undefined,
  );
}

/** SQL that holds for what `permission` reaches by any verb at all, which is what its bearer may refer to. */
export function withinAnyReach(subject: Subject, permission: Permission): Sql {
  const reaches = everyVerb.flatMap((verb) => reachOf(permission, subject.resourceType, verb));
  const different = new Map(reaches.map((reach) => [JSON.stringify(reach), reach]));
  return or([...different.values()].map((reach) => reachCondition(subject, reach)));
}

/**
 * SQL that holds for the superseded versions and deletions within reach. They have no index rows, so they are judged by
 * the compartments they were in, and what only index rows can tell reaches none of them: a scope narrowed by search
 * parameters, and who else is in a Group.
 */
export function withinVersionReach(subject: Subject, permission: Permission, verbs: Verb[]): Sql {
  const reaches = verbs.flatMap((verb) => reachOf(permission, subject.resourceType, verb));
  const told = reaches.filter(({ parameters, alone }) => parameters.length === 0 && !alone);
  return or(told.map((reach) => reachCondition(subject, reach)));
}

/** SQL that holds for the rows of table `resource` that `permission` reaches by `verb`, deleted ones included. */
export function withinReachOrDeleted(subject: Subject, permission: Permission, verb: Verb): Sql {
  const deleted = sql`${name(subject.alias)}.deleted`;
  const current = withinReach(subject, permission, [verb]);
  return sql`((NOT ${deleted} AND ${current}) OR (${deleted} AND ${withinVersionReach(subject, permission, [verb])}))`;
}

/** A question about the reach over several types: the reader, the verbs, and the alias of the table in the query. */
export interface ReachQuestion extends Reader {
  alias: string;
  verbs: Verb[];
}

/** SQL that holds for the resources of `types` within reach; types with the same condition share it. */
export function reachByType(
  { sandboxId, permission, alias, verbs }: ReachQuestion,
  types: string[],
): { types: string[]; reach: Sql }[] {
  return alikeByReach(permission, types, verbs).map((alike) => ({
    types: alike,
    reach: withinReach({ sandboxId, alias, resourceType: alike[0] ?? '' }, permission, verbs),
  }));
}

/**
 * The types among `types` that are within reach, grouped by equal reach; search parameters differ for each type, so
 * they never share a group.
 */
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

function reachCondition(subject: Subject, { patients, parameters, id, alone }: Reach): Sql {
  const row = name(subject.alias);
  const conditions = parameters.map(([parameter, value]) => granularCondition(subject, parameter, value));
  if (patients) {
    const compartments = patients.map((patient) => compartment(subject.sandboxId, patient));
    conditions.push(sql`${row}.patients && ${compartments}::text[]`);
    if (alone) conditions.push(sql`${row}.patients <@ ${compartments}::text[]`, nobodyBeside(subject, patients));
  }
  if (id !== undefined) conditions.push(sql`${row}.id = ${id}`);
  return and(conditions);
}

/** SQL for the search parameter of a scope. One that this server cannot evaluate reaches nothing, never too much. */
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
