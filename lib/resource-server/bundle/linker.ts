import type { FhirResource } from 'fhir/r4';
import { invalid, quote } from '#lib/fhir/fhir-error.ts';
import { relinked } from '#lib/fhir/reference/links.ts';
import type { Permission } from '#lib/smart/permission/permission.ts';
import { readCondition } from '../changes/condition.ts';
import type { Linker } from '../changes/linked-writes.ts';
import { forChange } from '../changes/refused-change.ts';
import type { Target } from '../changes/targets.ts';
import type { Interaction } from '../request/interaction.ts';
import type { Entry } from './bundle-entry.ts';
import { atEntry } from './entry-error.ts';

/** The literal reference for each fullUrl of the Bundle, and whether the resource is new. */
type Literals = ReadonlyMap<string, { literal: string; isNew: boolean }>;

/**
 * Makes the linker that replaces links between entries by literal references. Links are resolved as in any Bundle: by
 * fullUrl, or relative to the server in the fullUrl of their own entry.
 * @throws FhirError 400 when two entries have the same fullUrl, or a fullUrl contradicts its request.
 * @see https://hl7.org/fhir/R4/bundle.html#references
 */
export function linkerOf(entries: Entry[], permission: Permission, base: string): Linker {
  requireDistinctUrls(entries, base);
  return (targets) => {
    const literals = literalsOf(entries, targets);
    return {
      relink: ({ index, resource }, found) =>
        forChange(index, () => relinkedEntry(resource, { literals, found, root: rootOf(entries[index]?.fullUrl) })),
      criteria: ({ index }, reference) =>
        forChange(index, () => readCondition(permission, base, reference.split('?')[0] ?? '', reference)),
    };
  };
}

function literalsOf(entries: Entry[], targets: Target[]): Literals {
  return new Map(
    targets.flatMap(({ index, change, resourceType, id, existing }) => {
      const fullUrl = entries[index]?.fullUrl;
      const isNew = change.kind === 'create' && !existing;
      return fullUrl ? [[fullUrl, { literal: `${resourceType}/${id}`, isNew }]] : [];
    }),
  );
}

interface Known {
  literals: Literals;
  /** The literal references found for conditional references so far. */
  found: ReadonlyMap<string, string>;
  /** The server that the entry comes from. */
  root: string | undefined;
}

function relinkedEntry(resource: FhirResource, known: Known): { resource: FhirResource; wanting: string[] } {
  const wanting = new Set<string>();
  const target = (link: string) => {
    const found = known.found.get(link);
    if (found === undefined) wanting.add(link);
    return found;
  };
  const linked = relinked(resource, (link, isReference) => {
    const literal = literalOf(known, link);
    if (literal !== undefined || !isReference) return literal ?? link;
    requireNoUrn(link);
    return (isConditional(link) ? target(link) : undefined) ?? link;
  });
  return { resource: linked, wanting: [...wanting] };
}

/** Refuses a urn that belongs to no entry, since it cannot name anything outside the Bundle. @throws FhirError 400 */
function requireNoUrn(reference: string): void {
  if (!/^urn:(uuid|oid):/.test(reference)) return;
  throw invalid(`The reference ${quote(reference)} is the fullUrl of no entry that is stored.`);
}

/** Tells whether a reference names its target by a search. @see https://hl7.org/fhir/R4/http.html#trules */
function isConditional(reference: string): boolean {
  return /^[A-Z][A-Za-z]+\?/.test(reference);
}

/** The literal reference for a link. A version in the link is kept, except that a new resource starts at version 1. */
function literalOf({ literals, root }: Known, link: string): string | undefined {
  const [, url = '', version] = /^(.*?)(\/_history\/[^/]+)?$/s.exec(link) ?? [];
  const found = literals.get(url) ?? (root === undefined ? undefined : literals.get(`${root}/${url}`));
  if (!found || version === undefined) return found?.literal;
  return `${found.literal}${found.isNew ? '/_history/1' : version}`;
}

/** The base of the server that a fullUrl such as `https://other.example/fhir/Patient/1` names. */
function rootOf(fullUrl: string | undefined): string | undefined {
  return /^(https?:\/\/.+)\/[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/.exec(fullUrl ?? '')?.[1];
}

function requireDistinctUrls(entries: Entry[], base: string): void {
  const seen = new Set<string>();
  for (const { index, fullUrl, interaction } of entries) {
    if (fullUrl !== undefined) atEntry(index, () => requireOwnUrl(seen, fullUrl, interaction, base));
  }
}

/** Refuses a fullUrl on this server that is not the address named by the request. */
function requireOwnUrl(seen: Set<string>, fullUrl: string, interaction: Interaction, base: string): void {
  if (seen.has(fullUrl)) throw invalid(`The fullUrl ${quote(fullUrl)} is that of an earlier entry too.`);
  seen.add(fullUrl);
  if (!('id' in interaction && 'resourceType' in interaction) || !fullUrl.startsWith(`${base}/`)) return;
  if (fullUrl === `${base}/${interaction.resourceType}/${interaction.id}`) return;
  throw invalid(`The fullUrl ${quote(fullUrl)} is not what request.url names.`);
}
