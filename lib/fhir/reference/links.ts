import type { Resource } from 'fhir/r4';
import { membersOf } from '../definition/members-of-type.ts';
import { withNumberTextsOf } from '../json/number-text.ts';

/** What takes the place of a link. `isReference` tells a literal reference from a uri, a url or an address in a text. */
export type Relink = (link: string, isReference: boolean) => string;

const linkTypes = ['uri', 'url', 'oid', 'uuid'];

/**
 * A copy of a valid resource in which each literal reference, each value of the types uri, url, oid and uuid, and each
 * href and src of its narrative is what `relink` makes of it. Canonicals, and strings that look alike, stay.
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
  if (type === 'xhtml' && typeof item === 'string') return relinkedText(item, relink);
  return copyOf(item, type, relink);
}

/** Addresses in a narrative stand in the attributes href and src. */
function relinkedText(text: string, relink: Relink): string {
  return text.replace(
    /(\s(?:href|src)=)(?:"([^"<]*)"|'([^'<]*)')/g,
    (_, attribute: string, double?: string, single?: string) =>
      `${attribute}"${relink(double ?? single ?? '', false)}"`,
  );
}
