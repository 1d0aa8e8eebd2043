import type { BundleLink } from 'fhir/r4';
import type { SearchResult } from '#lib/data/search/result.ts';
import { searchResources } from '#lib/data/search/search.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { searchsetText } from '#lib/fhir/bundle/searchset.ts';
import { isPartial, subsetText } from '#lib/fhir/bundle/subset.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { parseSearch, type SearchRequest } from '#lib/fhir/search/request.ts';
import type { Permission } from '#lib/smart/permission/permission.ts';
import { requireReach, requireType } from '../read/read.ts';
import type { Searcher } from '../request/bearer.ts';

export interface SearchOptions {
  /** Whether to refuse unknown parameters instead of listing them in the Bundle. */
  strict?: boolean;
}

/**
 * Searches one resource type and returns a searchset Bundle as JSON text.
 * @throws FhirError 404 for an unknown type, 403 when the type may not be searched, 400 for an invalid search.
 * @see https://hl7.org/fhir/R4/http.html#search
 */
export async function searchText(
  searcher: Searcher,
  resourceType: string,
  parameters: URLSearchParams,
  options: SearchOptions = {},
): Promise<string> {
  const base = fhirBaseOf(searcher.sandbox.slug);
  const request = readSearch(searcher.permission, resourceType, parameters, base, options);
  const result = await searchResources(searcher, request);
  return bundleText(request, result, base, `${base}/${resourceType}`);
}

/** Reads a search of one type. @throws FhirError as `searchText` does. @throws FhirError as `searchText` does. */
export function readSearch(
  permission: Permission,
  resourceType: string,
  parameters: URLSearchParams,
  base: string,
  { strict = false }: SearchOptions,
): SearchRequest {
  requireType(resourceType);
  requireReach(permission, resourceType, 's');
  const request = parseSearch(resourceType, [...parameters], base);
  if (strict && request.ignored.length > 0) throw new FhirError(400, 'not-supported', request.ignored.join(' '));
  return request;
}

/** Converts a page of a search to JSON text; `url` is the address of the search, without its parameters. */
export function bundleText(request: SearchRequest, result: SearchResult, base: string, url: string): string {
  const { matches, included, includedCut, total, next } = result;
  const cut = includedCut ? ['There are more included resources than a page holds: ask for fewer with _count.'] : [];
  return searchsetText({
    base,
    links: linksOf(request, url, next),
    total,
    matches: isPartial(request.view)
      ? matches.map((match) => ({ ...match, content: subsetText(match.content, request.view) }))
      : matches,
    included,
    warnings: [...request.ignored, ...cut],
  });
}

/** The links of a page: `self` has the parameters that took effect, `next` adds the cursor of the next page. */
function linksOf({ applied }: SearchRequest, url: string, next: string | undefined): BundleLink[] {
  const withPairs = (pairs: [string, string][]) => {
    const parameters = new URLSearchParams(pairs).toString();
    return `${url}${parameters && `?${parameters}`}`;
  };
  const others = applied.filter(([name]) => name !== '_cursor');
  const links = [{ relation: 'self', url: withPairs(applied) }];
  return next === undefined ? links : [...links, { relation: 'next', url: withPairs([...others, ['_cursor', next]]) }];
}
