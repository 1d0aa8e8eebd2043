import type { Resource } from 'fhir/r4';
import { membersOf } from '../definition/members-of-type.ts';

/** A value of a resource that is no list, its type, and the element in which it stands, such as `Observation.hasMember`. */
export interface PlacedElement {
  value: unknown;
  type: string;
  path: string;
  /** Profiles of the resources to which a Reference in this element may lead; undefined: to any. */
  targets?: readonly string[] | undefined;
}

/** Calls `visit` with every element of a valid resource, those of contained resources and of extensions included. */
export function eachElement(resource: Resource, visit: (element: PlacedElement) => void): void {
  walk({ value: resource, type: resource.resourceType, path: resource.resourceType }, visit);
}

function walk(element: PlacedElement, visit: (element: PlacedElement) => void): void {
  const { value, type, path } = element;
  if (Array.isArray(value)) {
    for (const item of value) walk({ ...element, value: item }, visit);
    return;
  }
  visit(element);
  if (typeof value !== 'object' || value === null) return;
  const { resourceType } = value as { resourceType?: unknown };
  const members = membersOf(typeof resourceType === 'string' ? resourceType : type);
  for (const [name, item] of Object.entries(value)) {
    const member = members.get(name);
    walk({ value: item, type: member?.type ?? '', path: `${path}.${name}`, targets: member?.targets }, visit);
  }
}
