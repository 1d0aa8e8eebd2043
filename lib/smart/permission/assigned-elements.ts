import { isDeepStrictEqual } from 'node:util';
import type { Resource } from 'fhir/r4';

/** The types that say who somebody is. */
const identities = ['Patient', 'Person'];

/**
 * The elements by which a hospital knows its patients, files what it receives, and joins records: it assigns them.
 * @see https://hl7.org/fhir/R4/patient.html#identifiers
 */
const assigned = ['identifier', 'active', 'managingOrganization', 'link'];

/** Whether resources of this type say who somebody is, so that they are the hospital's to create and to delete. */
export function isIdentity(resourceType: string): boolean {
  return identities.includes(resourceType);
}

/** The elements that only the hospital assigns in which two versions of such a resource differ. */
export function changedAssignments(before: Resource, after: Resource): string[] {
  return assigned.filter((element) =>
    [element, `_${element}`].some((name) => !isDeepStrictEqual(memberOf(before, name), memberOf(after, name))),
  );
}

function memberOf(resource: Resource, name: string): unknown {
  return Object.entries(resource).find(([member]) => member === name)?.[1];
}
