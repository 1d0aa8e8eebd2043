import type { Resource } from 'fhir/r4';
import { aboutParameterOf, type NamedPatient, namedPatients } from '#lib/fhir/index/patient-compartment.ts';
import { indexValuesOf } from '#lib/fhir/index/values.ts';
import { placedIdentifiers } from '#lib/fhir/reference/placed-identifiers.ts';
import { type PlacedReference, placedReferences } from '#lib/fhir/reference/placed-references.ts';
import { changedAssignments, isIdentity } from '#lib/smart/permission/assigned-elements.ts';
import { confinedTo } from '#lib/smart/permission/permission.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { addedIdentifiers, referencesToJudge } from '#lib/smart/permission/reference-reach.ts';
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
  /** The patients whom it names, once that was read from its content, which the lock keeps as it is. */
  named?: NamedPatient[];
}

/**
 * Whether a stored version that touches the writer's reach is the writer's to replace or delete, whoever else it names.
 * A deletion names nobody any more: one that lay in another patient's compartment is not the writer's. Who somebody is
 * is deleted, and brought back, by the hospital alone.
 */
export function mayWrite({ sandboxId, permission }: Reader, { resourceType, verb }: Kind, stored: Stored): boolean {
  const patients = confinedTo(permission, resourceType, verb);
  if (!patients || stored.free) return true;
  if (isIdentity(resourceType) && (verb === 'd' || stored.deleted)) return false;
  if (resourceType === 'Patient') return true;
  if (stored.deleted) {
    const within = patients.map((patient) => compartment(sandboxId, patient));
    return stored.patients.every((one) => within.includes(one));
  }
  const version = { named: namedIn(stored), free: stored.free };
  return verb === 'd' ? mayDelete(version, patients) : mayReplace(version, patients, aboutParameterOf(resourceType));
}

/** A new version and the stored one, if any, as one write sees them. */
export interface Replacement {
  verb: Verb;
  before?: Stored | undefined;
  after: ResourceVersion;
  resource: Resource;
  /** Whether an alternative of the writer's permission that is not confined to patients reaches the new version. */
  free: boolean;
}

/** Whether a new version, which touches the writer's reach, names no other patients than the stored one did. */
export function leavesOthers({ permission }: Reader, { verb, before, after, free }: Replacement): boolean {
  const patients = confinedTo(permission, after.resourceType, verb);
  if (!patients || after.resourceType === 'Patient') return true;
  const named = namedPatients(after.resourceType, after.rows);
  const old = before && !before.deleted ? { named: namedIn(before), free: before.free } : { named: [], free: true };
  return staysWithin({ named, free }, old, patients);
}

/**
 * The elements of a new version that only the hospital assigns and that its writer, who is confined to the records of
 * patients, would change; `id` when the writer would create who somebody is.
 */
export function assignedBy({ permission }: Reader, { verb, before, resource, free }: Replacement): string[] {
  const { resourceType } = resource;
  if (!isIdentity(resourceType) || !confinedTo(permission, resourceType, verb)) return [];
  if (!before || before.deleted) return free ? [] : ['id'];
  return free && before.free ? [] : changedAssignments(JSON.parse(before.content) as Resource, resource);
}

/** What of the naming of others in a new version its writer, if confined to patients' records, must be allowed. */
export interface JudgedNaming {
  /** References that must lead to what the writer reaches. */
  references: PlacedReference[];
  /** The element in which it newly names somebody, who may be a patient, by an identifier. */
  identified?: string | undefined;
}

/** What must be judged of whom and what a new version names. */
export function namingJudged(
  { permission, base }: Reader & { base?: string },
  { verb, before, resource }: Omit<Replacement, 'after' | 'free'>,
  written: readonly string[],
): JudgedNaming {
  const patients = confinedTo(permission, resource.resourceType, verb);
  if (!patients) return { references: [] };
  const stored = before && !before.deleted ? [JSON.parse(before.content) as Resource] : [];
  const known = new Set([...written, ...(permission.context ?? [])]);
  const then = stored.flatMap((one) => placedReferences(one, base));
  const [added] = addedIdentifiers(placedIdentifiers(resource), stored.flatMap(placedIdentifiers));
  return {
    references: referencesToJudge(placedReferences(resource, base), then, { patients, known }),
    identified: added?.path,
  };
}

/**
 * The patients whom a stored version names, read from its content: index rows come from before the wait for the lock.
 */
function namedIn(stored: Stored): NamedPatient[] {
  stored.named ??= readNamed(JSON.parse(stored.content) as Resource);
  return stored.named;
}

function readNamed(resource: Resource): NamedPatient[] {
  return namedPatients(resource.resourceType, indexValuesOf(resource));
}
