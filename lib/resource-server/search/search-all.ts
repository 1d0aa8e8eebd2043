import { searchRecord, searchTypes } from '#lib/data/search/types.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { invalid } from '#lib/fhir/fhir-error.ts';
import { readStored } from '../read/read.ts';
import type { Searcher } from '../request/bearer.ts';
import { readSearches } from './read-searches.ts';
import { bundleText, type SearchOptions } from './search.ts';
import { type CompartmentSearch, compartmentText } from './search-compartment.ts';

/** What a search on all types, or `$everything` of a patient, is answered with, as JSON text. */
export function searchWidely(
  searcher: Searcher,
  interaction:
    | { kind: 'search-system' }
    | { kind: 'everything'; id: string }
    | ({ kind: 'search-compartment' } & CompartmentSearch),
  parameters: URLSearchParams,
  options: SearchOptions,
): Promise<string> {
  if (interaction.kind === 'search-compartment') {
    return compartmentText(searcher, interaction, parameters, options);
  }
  return interaction.kind === 'everything'
    ? everythingText(searcher, interaction.id, parameters, options)
    : searchAllText(searcher, parameters, options);
}

/**
 * Searches the types that `_type` names, or all within reach, by the parameters that all of them have.
 * @throws FhirError 404 for an unknown type, 403 when one that is named or all are out of reach, 400 for a bad search.
 * @see https://hl7.org/fhir/R4/http.html#search
 */
export async function searchAllText(
  searcher: Searcher,
  parameters: URLSearchParams,
  options: SearchOptions = {},
): Promise<string> {
  const base = fhirBaseOf(searcher.sandbox.slug);
  const requests = readSearches(searcher.permission, parameters, base, options);
  return bundleText(requests[0], await searchTypes(searcher, requests), base, base);
}

/**
 * `Patient/[id]/$everything`: the record of a patient, in pages, with `_since`, `_type` and `_count`.
 * @throws FhirError as a read of the patient and a search do.
 * @see https://hl7.org/fhir/R4/patient-operation-everything.html
 */
export async function everythingText(
  searcher: Searcher,
  patient: string,
  parameters: URLSearchParams,
  options: SearchOptions = {},
): Promise<string> {
  await readStored(searcher, 'Patient', patient);
  const base = fhirBaseOf(searcher.sandbox.slug);
  const known = ['_since', '_type', '_count', '_cursor', '_format', '_pretty'];
  const stray = [...parameters.keys()].find((name) => !known.includes(name));
  if (stray !== undefined) throw invalid('$everything knows the parameters _since, _type and _count.');
  const pairs = [...parameters].map(([name, value]): [string, string] =>
    name === '_since' ? ['_lastUpdated', `ge${value}`] : [name, value],
  );
  const requests = readSearches(searcher.permission, new URLSearchParams(pairs), base, options);
  requests[0].applied = [...parameters];
  const result = await searchRecord(searcher, patient, requests);
  return bundleText(requests[0], result, base, `${base}/Patient/${patient}/$everything`);
}
