import type { Bundle, BundleEntry, Resource } from 'fhir/r4';
import { withNumberTextsOf } from '#lib/fhir/json/number-text.ts';

/** A resource read from a data file, with its place in the file. */
export interface FoundResource {
  /** JSON path inside the data file. */
  path: string;
  resource: Resource;
  /** Why the resource cannot be loaded; absent if it can. */
  reason?: string | undefined;
}

/** The resources of a Bundle, as `eachResourceOfBundle` yields them. */
export function resourcesOfBundle(bundle: Bundle, path?: string): FoundResource[] {
  return [...eachResourceOfBundle(bundle, path)];
}

/**
 * Yields copies of the resources of a Bundle of any type, each with an id, and with `urn:uuid:` references made literal.
 * An entry without an id takes the UUID of its fullUrl, so that loading the file again updates the same resources.
 * @see https://hl7.org/fhir/R4/bundle.html#references
 */
export function* eachResourceOfBundle(bundle: Bundle, path = '$'): Generator<FoundResource> {
  const entries = (bundle.entry ?? []).map((entry, index) => ({ entry, path: `${path}.entry[${index}].resource` }));
  const identified = entries.map((place) => ({ ...place, ...identify(place.entry) }));
  const literals = new Map(identified.flatMap(({ entry, resource }) => literalOf(entry, resource)));
  for (const one of identified) yield linked(one, literals);
}

function linked(
  { path, resource, reason }: { path: string } & ReturnType<typeof identify>,
  literals: Map<string, string>,
): FoundResource {
  if (!resource) return { path, resource: {} as Resource, reason };
  const missing = new Set<string>();
  const copy = withLiteralReferences(resource, literals, missing);
  const unknown = missing.size > 0 && `refers to ${[...missing].join(', ')}, which is no fullUrl of this Bundle`;
  return { path, resource: copy, reason: reason ?? (unknown || undefined) };
}

function identify({ resource, fullUrl, request }: BundleEntry): { resource?: Resource; reason?: string } {
  if (!resource)
    return { reason: `has no resource to load${request ? ` (its request is ${request.method} ${request.url})` : ''}` };
  if (request && !['POST', 'PUT'].includes(request.method)) {
    return { reason: `asks for ${request.method}; only POST and PUT entries can be loaded` };
  }
  const id = resource.id ?? putId(request) ?? uuidOf(fullUrl);
  return id
    ? { resource: { ...resource, id } }
    : { reason: 'has neither an id nor a urn:uuid fullUrl to take one from' };
}

function putId(request: BundleEntry['request']): string | undefined {
  return request?.method === 'PUT' ? /^[A-Za-z]+\/([A-Za-z0-9.-]{1,64})$/.exec(request.url)?.[1] : undefined;
}

function uuidOf(fullUrl: string | undefined): string | undefined {
  return /^urn:uuid:([0-9a-fA-F-]{36})$/.exec(fullUrl ?? '')?.[1];
}

function literalOf({ fullUrl }: BundleEntry, resource: Resource | undefined): [string, string][] {
  return fullUrl && resource ? [[fullUrl, `${resource.resourceType}/${resource.id}`]] : [];
}

/** A copy in which references to a fullUrl of the Bundle become `Type/id`; unknown urns are added to `missing`. */
function withLiteralReferences<T>(value: T, literals: Map<string, string>, missing: Set<string>): T {
  if (Array.isArray(value)) {
    const items = value.map((item) => withLiteralReferences(item, literals, missing));
    return withNumberTextsOf(value, items) as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  const copied = Object.entries(value).map(([name, item]) => {
    if (name === 'reference' && typeof item === 'string') return [name, literalReference(item, literals, missing)];
    return [name, withLiteralReferences(item, literals, missing)];
  });
  return withNumberTextsOf(value, Object.fromEntries(copied)) as T;
}

function literalReference(reference: string, literals: Map<string, string>, missing: Set<string>): string {
  const literal = literals.get(reference);
  if (!literal && reference.startsWith('urn:')) missing.add(reference);
  return literal ?? reference;
}
