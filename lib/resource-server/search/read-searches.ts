import { resourceTypes } from '#lib/fhir/definition/resource-types.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { parseSearch, requireFew, type SearchRequest } from '#lib/fhir/search/request.ts';
import { missingScope, type Permission, reachOf } from '#lib/smart/permission/permission.ts';
import { requireReach, requireType } from '../read/read.ts';
import { insufficientScope } from '../request/bearer.ts';
import type { SearchOptions } from './search.ts';

type Pair = [name: string, value: string];

/**
 * Reads a search of several types: those in `_type`, or all within reach. A parameter that one of them does not have is
 * ignored for all.
 * @throws FhirError 404 for an unknown type, 403 when a named type or every type is out of reach, 400 for an invalid
 * search.
 */
export function readSearches(
  permission: Permission,
  parameters: URLSearchParams,
  base: string,
  { strict = false }: SearchOptions,
): [SearchRequest, ...SearchRequest[]] {
  const pairs = [...parameters];
  requireFew(pairs);
  const types = typesOf(permission, parameters);
  const unknown = (pair: Pair) => types.flatMap((type) => parseSearch(type, [pair], base).ignored).slice(0, 1);
  const read = pairs.map((pair) => ({ pair, ignored: pair[0] === '_type' ? [] : unknown(pair) }));
  const applied = read.flatMap(({ pair, ignored }) => (ignored.length === 0 ? [pair] : []));
  const ignored = read.flatMap((one) => one.ignored);
  if (strict && ignored.length > 0) throw new FhirError(400, 'not-supported', ignored.join(' '));
  const usable = applied.filter(([name]) => name !== '_type');
  const [first, ...others] = types.map((type) => parseSearch(type, usable, base));
  if (!first) throw insufficientScope(missingScope(permission, '*', 's'));
  return [{ ...first, applied, ignored }, ...others];
}

function typesOf(permission: Permission, parameters: URLSearchParams): string[] {
  const named = parameters.getAll('_type').flatMap((value) => value.split(','));
  for (const type of named) {
    requireType(type);
    requireReach(permission, type, 's');
  }
  if (named.length > 0) return [...new Set(named)];
  return resourceTypes().filter((type) => reachOf(permission, type, 's').length > 0);
}
