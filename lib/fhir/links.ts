import { getDataType, isDataTypeLoaded } from '@medplum/core';
import type { Resource } from 'fhir/r4';
import { loadDefinitions } from './definitions.ts';

/** What takes the place of a link. `isReference` tells a literal reference from a uri, a url or an address in a text. */
export type Relink = (link: string, isReference: boolean) => string;

const linkTypes = ['uri', 'url', 'oid', 'uuid'];

/**
 * A copy of a valid resource in which each literal reference, each value of the types uri, url, oid and uuid, and each
 * href and src of its narrative is what `relink` makes of it. Canonicals, and strings that look alike, stay.
 * @see https://hl7.org/fhir/R4/http.html#trules
 */
export function relinked<Linked extends Resource>(resource: Linked, relink: Relink): Linked {
  loadDefinitions();
  return copyOf(resource, resource.resourceType, relink) as Linked;
}

function copyOf(value: unknown, type: string, relink: Relink): unknown {
  if (Array.isArray(value)) return value.map((item) => copyOf(item, type, relink));
  if (typeof value === 'string') return linkTypes.includes(type) ? relink(value, false) : value;
  if (typeof value !== 'object' || value === null) return value;
  const { resourceType } = value as { resourceType?: unknown };
  const holder = typeof resourceType === 'string' ? resourceType : type;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, memberOf(holder, name, item, relink)]));
}

function memberOf(holder: string, name: string, item: unknown, relink: Relink): unknown {
  if (holder === 'Reference' && name === 'reference' && typeof item === 'string') return relink(item, true);
  const type = typeOf(holder, name);
  if (type === 'xhtml' && typeof item === 'string') return relinkedText(item, relink);
  return copyOf(item, type, relink);
}

/** Types of elements by `Type.element`; resources are valid, so there are no more than R4 defines. */
const types = new Map<string, string>();

function typeOf(holder: string, name: string): string {
  const known = types.get(`${holder}.${name}`);
  if (known !== undefined) return known;
  const type = isDataTypeLoaded(holder) ? findType(getDataType(holder).elements, name.replace(/^_/, '')) : '';
  types.set(`${holder}.${name}`, type);
  return type;
}

/** The type of an element: its own, or for a choice such as `valueUri` the one that its name ends with. */
function findType(elements: ReturnType<typeof getDataType>['elements'], name: string): string {
  const own = Object.hasOwn(elements, name) ? elements[name]?.type[0]?.code : undefined;
  if (own !== undefined) return own;
  const choices = Object.entries(elements).filter(([key]) => key.endsWith('[x]'));
  const named = choices.flatMap(([key, { type }]) =>
    type.filter(({ code }) => name.toLowerCase() === `${key.slice(0, -3)}${code}`.toLowerCase()),
  );
  return named[0]?.code ?? '';
}

/** Addresses in a narrative stand in the attributes href and src. */
function relinkedText(text: string, relink: Relink): string {
  return text.replace(
    /(\s(?:href|src)=)(?:"([^"<]*)"|'([^'<]*)')/g,
    (_, attribute: string, double?: string, single?: string) =>
      `${attribute}"${relink(double ?? single ?? '', false)}"`,
  );
}
