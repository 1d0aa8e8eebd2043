import type { Resource } from 'fhir/r4';
import { membersOf } from '../definition/members-of-type.ts';
import { withNumberTextsOf } from '../json/number-text.ts';
import { relinkedNarrative } from '../narrative/relinked-narrative.ts';

/**
 * Returns the replacement for a link. `isReference` tells a literal reference from a uri, url or address in narrative.
 */
export type Relink = (link: string, isReference: boolean) => string;

const linkTypes = ['uri', 'url', 'oid', 'uuid'];

/**
 * A copy of a valid resource in which `relink` has replaced each literal reference, each value of type uri, url, oid or
 * uuid, and each href and src in the narrative. Canonicals and ordinary strings are left alone.
 * @see https://hl7.org/fhir/R4/http.html#trules
 */
export function relinked<Linked extends Resource>(resource: Linked, relink: Relink): Linked {
  return copyOf(resource, resource.resourceType, relink) as Linked;
}

function copyOf(value: unknown, type: string, relink: Relink): unknown {
  if (Array.isArray(value)) {
    return withNumberTextsOf(
      value,
      value.map((item) => copyOf(item, type, relink)),
    );
  }
  if (typeof value === 'string') return linkTypes.includes(type) ? relink(value, false) : value;
  if (typeof value !== 'object' || value === null) return value;
  const { resourceType } = value as { resourceType?: unknown };
  const holder = typeof resourceType === 'string' ? resourceType : type;
  const members = Object.entries(value).map(([name, item]) => [name, memberOf(holder, name, item, relink)]);
  return withNumberTextsOf(value, Object.fromEntries(members));
}

function memberOf(holder: string, name: string, item: unknown, relink: Relink): unknown {
  if (holder === 'Reference' && name === 'reference' && typeof item === 'string') return relink(item, true);
  const type = membersOf(holder).get(name)?.type ?? '';
  if (type === 'xhtml' && typeof item === 'string') return relinkedNarrative(item, (link) => relink(link, false));
  return copyOf(item, type, relink);
}
