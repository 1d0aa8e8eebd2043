import type { Resource } from 'fhir/r4';
import { confinedTo, reachOf, unconfined } from '#lib/smart/permission/permission.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';

/** A resource that would be created, and the verb by which: `u` is an update as create, whose sender chose the id. */
interface Creation {
  resource: Pick<Resource, 'resourceType' | 'id'>;
  verb: 'c' | 'u';
}

/** A UUID of random bits, in the form of version 4 or, after a time, of version 7. */
const randomId = /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * Tells whether the writer may create a resource under this id. Ids are one space for all patients: who is confined to
 * some of them would learn by an id of their own choice whether somebody else's resource has it, or keep it from them.
 * A random one tells and takes nothing.
 */
export function mayName({ permission }: Reader, { verb, resource: { resourceType, id = '' } }: Creation): boolean {
  if (verb === 'c' || randomId.test(id)) return true;
  return !confinedTo(permission, resourceType, 'u') || reachOf(unconfined(permission), resourceType, 'u').length > 0;
}
