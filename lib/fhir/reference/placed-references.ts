import type { Resource } from 'fhir/r4';
import { isResourceType } from '../definition/definitions.ts';
import { parseAddress } from './address.ts';
import { eachElement, type PlacedElement } from './placed-elements.ts';
import type { ResourceName } from './reference.ts';

/** A reference to a resource of this server, and the element in which it stands, such as `Observation.hasMember`. */
export interface PlacedReference extends ResourceName {
  path: string;
}

/** Types whose values may lead to a resource beside Reference: search indexes canonicals, and apps follow addresses. */
const addressTypes = ['canonical', 'uri', 'url'];

/**
 * The references of a valid resource to resources of this server, which is at `base`, wherever they stand: in contained
 * resources, in extensions, with a version or without, as a Reference or as an address in any of its spellings.
 * @see https://hl7.org/fhir/R4/references.html
 */
export function placedReferences(resource: Resource, base?: string): PlacedReference[] {
  const found: PlacedReference[] = [];
  eachElement(resource, (element) => {
    const address = addressOf(element);
    const name = address === undefined ? undefined : parseAddress(address, base);
    if (name && isResourceType(name.resourceType)) found.push({ ...name, path: element.path });
  });
  return found;
}

function addressOf({ value, type }: PlacedElement): string | undefined {
  if (typeof value === 'string') return addressTypes.includes(type) ? value : undefined;
  if (type !== 'Reference') return undefined;
  const { reference } = (value ?? {}) as { reference?: unknown };
  return typeof reference === 'string' ? reference : undefined;
}
