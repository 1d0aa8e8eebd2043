import { resourceTypes } from '#lib/fhir/definition/resource-types.ts';
import { isColumnParameter } from '#lib/fhir/index/column-parameters.ts';
import { readInclusion } from '#lib/fhir/search/inclusion.ts';
import type { SearchRequest } from '#lib/fhir/search/request.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { compartment } from '../database/compartment.ts';
import { and, or, type Sql, sql } from '../database/sql.ts';
import { clauseCondition } from './chain.ts';
import { includedResources } from './included.ts';
import { reachByType } from './reach.ts';
import type { SearchResult } from './result.ts';
import { findMatches } from './search.ts';

/**
 * One page of the matches of several types that `reader` may search for. `requests` is one search, parsed for each
 * type; the first one decides page size, order and total. With `patient`, only resources in the compartment of that
 * Patient match.
 * @throws FhirError 400 for a cursor that does not belong to this search.
 */
export async function searchTypes(
  reader: Reader,
  requests: [SearchRequest, ...SearchRequest[]],
  patient?: string,
): Promise<SearchResult> {
  const confined = patient === undefined ? [] : [inCompartment(reader.sandboxId, patient)];
  const where = and([whereOf(reader, requests), ...confined]);
  const page = await findMatches(requests[0], { where });
  const inclusions = requests.flatMap((request) => request.inclusions);
  const { included, cut } = await includedResources(reader, { inclusions }, page.matches);
  return { ...page, included, includedCut: cut };
}

/**
 * One page of a patient's record, for `$everything`: the resources in the patient's compartment, and those outside of
 * all compartments that they refer to, such as practitioners, places and medications.
 * @see https://hl7.org/fhir/R4/patient-operation-everything.html
 */
export async function searchRecord(
  reader: Reader,
  patient: string,
  requests: [SearchRequest, ...SearchRequest[]],
): Promise<SearchResult> {
  const where = and([whereOf(reader, requests), inCompartment(reader.sandboxId, patient)]);
  const page = await findMatches(requests[0], { where });
  const inclusions = resourceTypes().flatMap((type) => readInclusion(type, '_include', '*'));
  const only = sql`cardinality(r.patients) = 0`;
  const { included, cut } = await includedResources(reader, { inclusions }, page.matches, only);
  return { ...page, included, includedCut: cut };
}

function inCompartment(sandboxId: number, patient: string): Sql {
  return sql`r.patients && ${[compartment(sandboxId, patient)]}::text[]`;
}

function whereOf(reader: Reader, requests: SearchRequest[]): Sql {
  const { sandboxId, permission } = reader;
  const byType = new Map(requests.map((request) => [request.resourceType, request]));
  const groups = reachByType({ ...reader, alias: 'r', verbs: ['s'] }, [...byType.keys()]);
  const conditions = groups.flatMap(({ types, reach }) =>
    alike(types, byType).map((same) => {
      const { clauses = [], resourceType = '' } = byType.get(same[0] ?? '') ?? {};
      const subject = { sandboxId, resourceType, alias: 'r' };
      const matching = clauses.map((clause) => clauseCondition(subject, permission, clause));
      return and([sql`r.resource_type = ANY(${same}::text[])`, reach, ...matching]);
    }),
  );
  return and([sql`r.sandbox_id = ${sandboxId}::int AND NOT r.deleted`, or(conditions)]);
}

/**
 * Groups the types whose clauses become the same SQL: those that compare only columns, since index rows name the type.
 */
function alike(types: string[], byType: Map<string, SearchRequest>): string[][] {
  const own = types.every((type) => byType.get(type)?.clauses.every(({ parameter }) => isColumnParameter(parameter)));
  return own ? [types] : types.map((type) => [type]);
}
