import type { Coding } from 'fhir/r4';
import { ownPages } from '#lib/fhir/audit/event.ts';
import { auditSubtypes, auditType, ownEventCodes, restfulInteraction } from '#lib/fhir/audit/own-event.ts';
import { storedCodesOf } from '#lib/fhir/audit/stored-code.ts';
import { invalid, quote } from '#lib/fhir/fhir-error.ts';
import type { SearchClause } from '#lib/fhir/search/clause.ts';
import type { ReferenceValue, TokenValue } from '#lib/fhir/search/value.ts';
import type { ValueClause } from '#lib/fhir/search/value-clause.ts';
import { compartment } from '../database/compartment.ts';
import { and, or, type Sql, sql } from '../database/sql.ts';
import { instantCondition } from '../search/range.ts';

type Clause<Kind extends ValueClause['kind']> = Extract<ValueClause, { kind: Kind }>;
type Condition = (sandboxId: number, clause: SearchClause) => Sql | undefined;

const app = sql`coalesce(a.client_id, ${ownPages})`;

/** For each search parameter that the log can answer, the comparison in SQL; table `audit_event` is `a`. */
const conditions = new Map<string, Condition>([
  ['_id', (_, clause) => ofToken(clause, undefined, sql`a.id::text`)],
  ['_lastUpdated', (_, clause) => ofDate(clause)],
  ['date', (_, clause) => ofDate(clause)],
  ['patient', (sandboxId, clause) => ofReference(clause, (value) => patientCondition(sandboxId, value))],
  ['entity', (sandboxId, clause) => ofReference(clause, (value) => entityCondition(sandboxId, value))],
  ['agent', (_, clause) => ofReference(clause, (value) => named(value, sql`a.fhir_user`))],
  ['agent-name', (_, clause) => ofString(clause, [sql`a.username`, app])],
  ['address', (_, clause) => ofString(clause, [sql`a.address`])],
  ['altid', (_, clause) => ofName(clause)],
  ['action', (_, clause) => ofToken(clause, 'http://hl7.org/fhir/audit-event-action', sql`a.action`)],
  ['outcome', (_, clause) => ofToken(clause, 'http://hl7.org/fhir/audit-event-outcome', sql`a.outcome::text`)],
  ['type', (_, clause) => ofType(clause)],
  ['subtype', (_, clause) => ofSubtype(clause)],
]);

/** The search parameters of AuditEvent that can be answered. */
export const auditParameters: readonly string[] = [...conditions.keys()];

/** SQL that holds for the events that match. @throws FhirError 400 for a modifier that cannot be answered. */
export function auditCondition(sandboxId: number, clause: SearchClause): Sql {
  const found = conditions.get(clause.parameter.code)?.(sandboxId, clause);
  if (found) return found;
  throw invalid(`This use of the search parameter ${quote(clause.parameter.code)} is not supported for AuditEvent.`);
}

function ofDate(clause: SearchClause): Sql | undefined {
  return clause.kind === 'date'
    ? or(clause.values.map((value) => instantCondition(value, sql`a.recorded`)))
    : undefined;
}

function ofReference(clause: SearchClause, condition: (value: ReferenceValue) => Sql): Sql | undefined {
  return clause.kind === 'reference' ? or(clause.values.map(condition)) : undefined;
}

/** SQL that holds when the record of this patient was touched, or when the patient was the one who asked. */
function patientCondition(sandboxId: number, { resourceType = 'Patient', id }: ReferenceValue): Sql {
  if (resourceType !== 'Patient') return sql`FALSE`;
  return sql`(a.patients && ${[compartment(sandboxId, id)]}::text[] OR a.fhir_user = ${`Patient/${id}`})`;
}

function entityCondition(sandboxId: number, { resourceType, id }: ReferenceValue): Sql {
  const patient = sql`a.patients && ${[compartment(sandboxId, id)]}::text[]`;
  if (resourceType === 'Patient') return patient;
  const resource = sql`EXISTS (SELECT FROM unnest(a.entities) AS e WHERE ${named({ ...of(resourceType), id }, sql`e`)})`;
  return resourceType === undefined ? sql`(${patient} OR ${resource})` : resource;
}

function of(resourceType: string | undefined): { resourceType?: string } {
  return resourceType === undefined ? {} : { resourceType };
}

/** SQL that holds when a column with a relative reference contains this one. */
function named({ resourceType, id }: ReferenceValue, column: Sql): Sql {
  return resourceType === undefined
    ? sql`split_part(${column}, '/', 2) = ${id}`
    : sql`${column} = ${`${resourceType}/${id}`}`;
}

function ofString(clause: SearchClause, columns: Sql[]): Sql | undefined {
  if (clause.kind !== 'string') return undefined;
  return or(clause.values.flatMap((text) => columns.map((column) => textCondition(clause, text, column))));
}

function textCondition({ match }: Clause<'string'>, text: string, column: Sql): Sql {
  if (match === 'exact') return sql`${column} = ${text}`;
  const position = sql`position(lower(${text}) IN lower(${column}))`;
  return match === 'part' ? sql`${position} > 0` : sql`${position} = 1`;
}

/** SQL that compares the whole username or client id. */
function ofName(clause: SearchClause): Sql | undefined {
  if (clause.kind !== 'token') return undefined;
  const names = clause.values.flatMap(({ system, code }) => (system || code === undefined ? [] : code));
  const found = sql`(coalesce(a.username = ANY(${names}::text[]), FALSE) OR ${app} = ANY(${names}::text[]))`;
  return clause.not ? sql`NOT ${found}` : found;
}

function ofToken(clause: SearchClause, system: string | undefined, column: Sql): Sql | undefined {
  if (clause.kind !== 'token') return undefined;
  const values = clause.values.filter((value) => !value.system || value.system === system);
  return judged(clause, or(values.map(({ code }) => (code === undefined ? sql`TRUE` : sql`${column} = ${code}`))));
}

/** SQL that holds for events whose interaction has the `type` that is searched for. */
function ofType(clause: SearchClause): Sql | undefined {
  if (clause.kind !== 'token') return undefined;
  const alike = (interaction: string) => clause.values.some((value) => isOf(value, auditType(interaction)));
  const found = ownEventCodes.filter(alike);
  const restful = alike('read') ? [sql`NOT a.interaction = ANY(${ownEventCodes}::text[])`] : [];
  return judged(clause, or([sql`a.interaction = ANY(${found}::text[])`, ...restful]));
}

function ofSubtype(clause: SearchClause): Sql | undefined {
  if (clause.kind !== 'token') return undefined;
  return judged(clause, or(clause.values.map(subtypeCondition)));
}

/** SQL for `subtype`: the interaction is its own code, and some of our own events carry a second code beside it. */
function subtypeCondition(value: TokenValue): Sql {
  const { code } = value;
  const found = ownEventCodes.filter((interaction) => auditSubtypes(interaction).some((one) => isOf(value, one)));
  const own = sql`a.interaction = ANY(${found}::text[])`;
  if (value.system !== undefined && value.system !== restfulInteraction) return own;
  const restful = sql`NOT a.interaction = ANY(${ownEventCodes}::text[])`;
  return or([
    own,
    code === undefined ? restful : and([restful, sql`a.interaction = ANY(${storedCodesOf(code)}::text[])`]),
  ]);
}

/** Tells whether a coding matches the token of a search. */
function isOf({ system, code }: TokenValue, coding: Coding): boolean {
  return (system === undefined || system === (coding.system ?? '')) && (code === undefined || code === coding.code);
}

function judged({ not }: Clause<'token'>, found: Sql): Sql {
  return not ? sql`NOT ${found}` : found;
}
