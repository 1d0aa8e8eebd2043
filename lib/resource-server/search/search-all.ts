import { searchTypes } from '#lib/data/search/types.ts';
import { fhirBaseOf } from '#lib/env.ts';
import type { Searcher } from '../request/bearer.ts';
import { readSearches } from './read-searches.ts';
import { bundleText, type SearchOptions } from './search.ts';

/**
 * Searches the types in `_type`, or all within reach, by the parameters that all of them have.
 * @throws FhirError 404 for an unknown type, 403 when a named type or every type is out of reach, 400 for an invalid
 * search.
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
