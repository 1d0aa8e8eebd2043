import type { Bundle, Resource } from 'fhir/r4';
import { readResource } from '#lib/data/resource/resources.ts';
import type { Sandbox } from '#lib/data/sandbox/sandboxes.ts';
import { searchResources } from '#lib/data/search/search.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { searchsetText } from '#lib/fhir/bundle/searchset.ts';
import { isResourceType } from '#lib/fhir/definition/definitions.ts';
import { isFhirError } from '#lib/fhir/fhir-error.ts';
import { parseSearch } from '#lib/fhir/search/request.ts';
import { log } from '#lib/log/log.ts';
import { type Permission, reachOf } from '#lib/smart/permission/permission.ts';
import { fillTemplate, type PrefetchQuery, type PrefetchValues } from './prefetch-template.ts';

/** Prefetched data by key, and the withheld keys: out of reach, lacking a value, or failed. */
export interface Prefetched {
  data: Record<string, Resource | null>;
  withheld: string[];
}

/**
 * Page size of prefetch searches. A search with more matches is withheld, since services cannot ask for the next page.
 */
const maxMatches = 1000;

/**
 * Fetches the data that prefetch templates ask for, within the reach of `permission`; null where there is none.
 * @see https://cds-hooks.hl7.org/2.0/#prefetch-template
 */
export async function prefetch(
  sandbox: Sandbox,
  permission: Permission,
  templates: Record<string, string>,
  values: PrefetchValues,
): Promise<Prefetched> {
  const fetched = Object.entries(templates).map(async ([key, template]) => {
    const query = fillTemplate(template, values);
    const found = query && (await fetchQuery(sandbox, permission, query).catch(expected));
    return [key, found] as const;
  });
  const answers = await Promise.all(fetched);
  const available = answers.filter((entry): entry is [string, Resource | null] => entry[1] !== undefined);
  return {
    data: Object.fromEntries(available),
    withheld: answers.filter(([, found]) => found === undefined).map(([key]) => key),
  };
}

/** Withholds the data of a failed query; only unexpected errors are logged. */
function expected(thrown: unknown): undefined {
  if (!isFhirError(thrown)) log.error('A prefetch failed.', { error: thrown });
}

async function fetchQuery(sandbox: Sandbox, permission: Permission, query: PrefetchQuery) {
  const { resourceType } = query;
  const verb = query.kind === 'read' ? 'r' : 's';
  if (!isResourceType(resourceType) || reachOf(permission, resourceType, verb).length === 0) return undefined;
  if (query.kind === 'search') return search(sandbox, permission, query);
  const stored = await readResource({ sandboxId: sandbox.id, permission }, resourceType, query.id);
  return stored ? (JSON.parse(stored.content) as Resource) : null;
}

async function search(
  { id, slug }: Sandbox,
  permission: Permission,
  { resourceType, parameters }: Extract<PrefetchQuery, { kind: 'search' }>,
): Promise<Bundle | null | undefined> {
  const base = fhirBaseOf(slug);
  const limited = parameters.some(([name]) => name === '_count');
  const all: [string, string][] = limited ? parameters : [...parameters, ['_count', String(maxMatches)]];
  const request = parseSearch(resourceType, [...all, ['_total', 'none']], base);
  // Ignoring a parameter would answer a different question from the one asked.
  if (request.ignored.length > 0) return undefined;
  const { matches, included, next } = await searchResources({ sandboxId: id, permission }, request);
  if (next !== undefined && !limited) return undefined;
  if (matches.length === 0) return null;
  const links = [{ relation: 'self', url: `${base}/${resourceType}?${new URLSearchParams(parameters)}` }];
  return JSON.parse(searchsetText({ base, links, matches, included, warnings: [] }));
}
