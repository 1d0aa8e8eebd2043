import { searchTypes } from '#lib/data/search/types.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { isId } from '#lib/fhir/reference/reference.ts';
import { notFound } from '../read/read.ts';
import type { Searcher } from '../request/bearer.ts';
import { readSearches } from './read-searches.ts';
import { bundleText, readSearch, type SearchOptions } from './search.ts';

/** A search in the compartment of the Patient `id`, for one type or, with `*`, all types. */
export interface CompartmentSearch {
  id: string;
  resourceType: string;
}

/**
 * Answers `Patient/[id]/[type]` and `Patient/[id]/*`: a search confined to the patient's compartment. A patient who is
 * out of reach yields no matches, just like one who does not exist, so that ids cannot be guessed.
 * @throws FhirError like other searches, and 404 for an invalid id.
 * @see https://hl7.org/fhir/R4/http.html#vsearch
 */
export async function compartmentText(
  searcher: Searcher,
  { id, resourceType }: CompartmentSearch,
  parameters: URLSearchParams,
  options: SearchOptions = {},
): Promise<string> {
  if (!isId(id)) throw notFound('Patient', id);
  const base = fhirBaseOf(searcher.sandbox.slug);
  const requests =
    resourceType === '*'
      ? readSearches(searcher.permission, parameters, base, options)
      : ([readSearch(searcher.permission, resourceType, parameters, base, options)] as const);
  const result = await searchTypes(searcher, [...requests], id);
  return bundleText(requests[0], result, base, `${base}/Patient/${id}/${resourceType}`);
}
