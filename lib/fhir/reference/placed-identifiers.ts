import type { Resource } from 'fhir/r4';
import { eachElement } from './placed-elements.ts';

/** The identifier in a Reference that could mean a person, and the element in which it stands. */
export interface PlacedIdentifier {
  path: string;
  /** The Identifier as JSON, its members in order of their names. */
  identifier: string;
}

/** Types by which a patient may be meant: `Resource` is any of them. */
const people = /\/(?:Patient|RelatedPerson|Person|Group|Resource)$/;

/**
 * The identifiers by which a valid resource names somebody, wherever a Reference stands that may lead to a patient or a
 * related person, a Person or a Group: also beside a literal reference, in contained resources and in extensions.
 * @see https://hl7.org/fhir/R4/references.html#logical
 */
export function placedIdentifiers(resource: Resource): PlacedIdentifier[] {
  const found: PlacedIdentifier[] = [];
  eachElement(resource, ({ value, type, path, targets }) => {
    if (type !== 'Reference' || (targets && !targets.some((target) => people.test(target)))) return;
    const { identifier } = (value ?? {}) as { identifier?: unknown };
    if (identifier !== undefined) found.push({ path, identifier: JSON.stringify(identifier, inOrder) });
  });
  return found;
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
