import type { Resource } from 'fhir/r4';
import { isResourceType } from '../definition/definitions.ts';
import { membersOf } from '../definition/members-of-type.ts';

import { parseReference, type ResourceName } from './reference.ts';

/** A reference to a resource of this server, and the element in which it stands, such as `Observation.hasMember`. */
export interface PlacedReference extends ResourceName {
  path: string;
}

/** Types whose values may lead to a resource beside Reference: search indexes canonicals, and apps follow addresses. */
const addressTypes = ['canonical', 'uri', 'url'];

/**
 * The references of a valid resource to resources of this server, which is at `base`, wherever they stand: in contained
 * resources, in extensions, with a version or without, as a Reference or as an address.
 * @see https://hl7.org/fhir/R4/references.html
 */
export function placedReferences(resource: Resource, base?: string): PlacedReference[] {
  return addressesIn({ value: resource, type: resource.resourceType, path: resource.resourceType }).flatMap(
    ({ address, path }) => {
      const name = parseReference(address, base);
      return name && isResourceType(name.resourceType) ? [{ ...name, path }] : [];
    },
  );
}

/** A value of a resource, its type, and its place. */
interface Placed {
  value: unknown;
  type: string;
  path: string;
}

interface Address {
  address: string;
  path: string;
}

function addressesIn({ value, type, path }: Placed): Address[] {
  if (Array.isArray(value)) return value.flatMap((item) => addressesIn({ value: item, type, path }));
  if (typeof value === 'string') return addressTypes.includes(type) ? [{ address: value, path }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return [...ownAddress(value, type, path), ...membersOfValue(value, type, path).flatMap(addressesIn)];
}

function ownAddress(value: object, type: string, path: string): Address[] {
  const { reference } = value as { reference?: unknown };
  return type === 'Reference' && typeof reference === 'string' ? [{ address: reference, path }] : [];
}

function membersOfValue(value: object, type: string, path: string): Placed[] {
  const { resourceType } = value as { resourceType?: unknown };
  const members = membersOf(typeof resourceType === 'string' ? resourceType : type);
  return Object.entries(value).map(([name, item]) => ({
    value: item,
    type: members.get(name)?.type ?? '',
    path: `${path}.${name}`,
  }));
}
