import { searchTypes } from '#lib/data/search/types.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { isId } from '#lib/fhir/reference/reference.ts';
import { notFound } from '../read/read.ts';
import type { Searcher } from '../request/bearer.ts';
import { readSearches } from './read-searches.ts';
import { bundleText, readSearch, type SearchOptions } from './search.ts';

/** What lies in the compartment of the Patient `id`: of one type, or of all with `*`. */
export interface CompartmentSearch {
  id: string;
  resourceType: string;
}

/**
 * `Patient/[id]/[type]` and `Patient/[id]/*`: a search confined to the patient's compartment. Whether there is such a
 * patient is not told: one out of reach has as little to be found as one that does not exist.
 * @throws FhirError as other searches do, 404 for what cannot be an id.
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
