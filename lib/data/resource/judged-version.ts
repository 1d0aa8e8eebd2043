import type { Resource } from 'fhir/r4';
import { aboutParameterOf, type NamedPatient, namedPatients } from '#lib/fhir/index/patient-compartment.ts';
import { indexValuesOf } from '#lib/fhir/index/values.ts';
import { confinedTo } from '#lib/smart/permission/permission.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { mayDelete, mayReplace, staysWithin } from '#lib/smart/permission/write-reach.ts';
import type { Verb } from '#lib/smart/scope/scope.ts';
import { compartment } from '../database/compartment.ts';
import type { ResourceVersion } from './identified.ts';

/** A type of resource, and the verb that its writer must be permitted. */
interface Kind {
  resourceType: string;
  verb: Verb;
}

/** A stored version, locked until the transaction ends. */
interface Stored {
  content: string;
  deleted: boolean;
  patients: string[];
  free: boolean;
}

/**
 * Whether a stored version that touches the writer's reach is the writer's to replace or delete, whoever else it names.
 * A deletion names nobody any more: one that lay in another patient's compartment is not the writer's.
 */
export function mayWrite({ sandboxId, permission }: Reader, { resourceType, verb }: Kind, stored: Stored): boolean {
  const patients = confinedTo(permission, resourceType, verb);
  if (!patients || stored.free || resourceType === 'Patient') return true;
  if (stored.deleted) {
    const within = patients.map((patient) => compartment(sandboxId, patient));
    return stored.patients.every((one) => within.includes(one));
  }
  const version = { named: namedIn(stored), free: stored.free };
  return verb === 'd' ? mayDelete(version, patients) : mayReplace(version, patients, aboutParameterOf(resourceType));
}

/** Whether a new version, which touches the writer's reach, names no other patients than the stored one did. */
export function leavesOthers(
  { permission }: Reader,
  verb: Verb,
  { before, after, free }: { before?: Stored | undefined; after: ResourceVersion; free: boolean },
): boolean {
  const patients = confinedTo(permission, after.resourceType, verb);
  if (!patients || after.resourceType === 'Patient') return true;
  const named = namedPatients(after.resourceType, after.rows);
  const old = before && !before.deleted ? { named: namedIn(before), free: before.free } : { named: [], free: true };
  return staysWithin({ named, free }, old, patients);
}

/**
 * The patients whom a stored version names, read from its content: index rows come from before the wait for the lock.
 */
function namedIn({ content }: Stored): NamedPatient[] {
  const resource = JSON.parse(content) as Resource;
  return namedPatients(resource.resourceType, indexValuesOf(resource));
}
