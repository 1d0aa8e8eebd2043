import type { Sandbox } from '#lib/data/sandboxes.ts';
import { searchRecord, searchTypes } from '#lib/data/search-types.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { FhirError, invalid } from '#lib/fhir/fhir-error.ts';
import { resourceTypes } from '#lib/fhir/resource-types.ts';
import { parseSearch, type SearchRequest } from '#lib/fhir/search-request.ts';
import { type Permission, reachOf } from '#lib/smart/permission.ts';
import type { Caller } from './bearer.ts';
import { readStored, requireReach, requireType } from './read.ts';
import { bundleText, type SearchOptions } from './search.ts';

/** What a search on all types, or `$everything` of a patient, is answered with, as JSON text. */
export function searchWidely(
  { sandbox, permission }: Pick<Caller, 'sandbox' | 'permission'>,
  interaction: { kind: 'search-system' } | { kind: 'everything'; id: string },
  parameters: URLSearchParams,
  options: SearchOptions,
): Promise<string> {
  return interaction.kind === 'everything'
    ? everythingText(sandbox, permission, interaction.id, parameters, options)
    : searchAllText(sandbox, permission, parameters, options);
}

/**
 * Searches the types that `_type` names, or all within reach, by the parameters that all of them have.
 * @throws FhirError 404 for an unknown type, 403 when one that is named or all are out of reach, 400 for a bad search.
 * @see https://hl7.org/fhir/R4/http.html#search
 */
export async function searchAllText(
  sandbox: Pick<Sandbox, 'id' | 'slug'>,
  permission: Permission,
  parameters: URLSearchParams,
  options: SearchOptions = {},
): Promise<string> {
  const base = fhirBaseOf(sandbox.slug);
  const requests = readRequests(permission, parameters, base, options);
  return bundleText(requests[0], await searchTypes(sandbox.id, permission, requests), base, base);
}

/**
 * `Patient/[id]/$everything`: the record of a patient, in pages, with `_since`, `_type` and `_count`.
 * @throws FhirError as a read of the patient and a search do.
 * @see https://hl7.org/fhir/R4/patient-operation-everything.html
 */
export async function everythingText(
  sandbox: Pick<Sandbox, 'id' | 'slug'>,
  permission: Permission,
  patient: string,
  parameters: URLSearchParams,
  options: SearchOptions = {},
): Promise<string> {
  await readStored(sandbox, permission, 'Patient', patient);
  const base = fhirBaseOf(sandbox.slug);
  const known = ['_since', '_type', '_count', '_cursor', '_format', '_pretty'];
  const stray = [...parameters.keys()].find((name) => !known.includes(name));
  if (stray !== undefined) throw invalid('$everything knows the parameters _since, _type and _count.');
  const pairs = [...parameters].map(([name, value]): [string, string] =>
    name === '_since' ? ['_lastUpdated', `ge${value}`] : [name, value],
  );
  const requests = readRequests(permission, new URLSearchParams(pairs), base, options);
  requests[0].applied = [...parameters];
  const result = await searchRecord(sandbox.id, permission, patient, requests);
  return bundleText(requests[0], result, base, `${base}/Patient/${patient}/$everything`);
}

type Pair = [name: string, value: string];

/** The search as each type reads it; what one of them does not know counts for none. */
function readRequests(
  permission: Permission,
  parameters: URLSearchParams,
  base: string,
  { strict = false }: SearchOptions,
): [SearchRequest, ...SearchRequest[]] {
  const types = typesOf(permission, parameters);
  const pairs = [...parameters];
  const unknown = (pair: Pair) => types.flatMap((type) => parseSearch(type, [pair], base).ignored).slice(0, 1);
  const read = pairs.map((pair) => ({ pair, ignored: pair[0] === '_type' ? [] : unknown(pair) }));
  const applied = read.flatMap(({ pair, ignored }) => (ignored.length === 0 ? [pair] : []));
  const ignored = read.flatMap((one) => one.ignored);
  if (strict && ignored.length > 0) throw new FhirError(400, 'not-supported', ignored.join(' '));
  const usable = applied.filter(([name]) => name !== '_type');
  const [first, ...others] = types.map((type) => parseSearch(type, usable, base));
  if (!first) throw new FhirError(403, 'forbidden', 'No resource type is within what you may search for.');
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
