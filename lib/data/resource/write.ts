import type { Resource } from 'fhir/r4';
import { withLocalReferences } from '#lib/fhir/reference/local-references.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { inTurns } from '#lib/work/in-turns.ts';
import { compartment } from '../database/compartment.ts';
import { endDeletedContext } from '../token/deleted-context.ts';
import { noteTouched } from '../touched.ts';
import { mayName } from './chosen-id.ts';
import { type IdentifiedResource, identify, type ResourceVersion } from './identified.ts';
import { judgeNaming, requireWithinReach } from './new-versions.ts';
import type { StoredResource } from './resources.ts';
import { lockStored, type StoredForWriting } from './stored-for-writing.ts';
import { storeDeletions, storeVersions } from './versions.ts';
import { requireVersion, takenId, unreachable } from './write-refusal.ts';

/** A resource to be created or updated under its id, and the verb that its writer must be permitted. */
export interface ResourceWrite {
  resource: Resource;
  verb: 'c' | 'u';
  /** The version that must be current, if the request named one. */
  ifMatch?: string;
  /** Whether the resource must not exist yet, because nothing met the condition of a conditional write. */
  isNew?: boolean;
  /** Whether it becomes a new version even when nothing changes. */
  anew?: boolean;
}

/** A resource after a write, and whether the write created it. */
export interface WrittenResource extends StoredResource {
  resourceType: string;
  id: string;
  created: boolean;
}

/** The reader who writes, in which sandbox and when. */
export interface Writer extends Reader {
  now: Date;
  /** The FHIR base of the sandbox: absolute references below it are stored as relative ones. */
  base?: string;
  /** What else the same transaction writes, as `Type/id`: what it writes may refer to it. */
  alongside?: readonly string[];
}

/**
 * Writes resources with distinct names, as part of the open transaction. Both the stored version and the new one must
 * be within reach and take nothing from other patients. The new one is judged by its own index rows after it is written,
 * so an error must roll the transaction back. Unchanged content makes no new version, unless it
 * is asked for.
 * @throws FhirError 404 for a resource out of reach, 403 for content that would be out of reach, 412 when the version
 * is not the expected one, 409 when somebody else wrote at the same time.
 */
export async function writeResources(writer: Writer, writes: ResourceWrite[]): Promise<WrittenResource[]> {
  const { sandboxId, now, base } = writer;
  const wanted: (ResourceWrite & IdentifiedResource)[] = [];
  for await (const write of inTurns(writes)) {
    wanted.push({ ...write, ...identify(withLocalReferences(write.resource, base)) });
  }
  const targets = wanted.map(({ resource: { resourceType, id }, verb }) => ({ resourceType, id, verb }));
  const current = await lockStored(writer, targets);
  for (const one of wanted) {
    requireWritable(one.name, current.get(one.name), one);
    if (!current.has(one.name) && !mayName(writer, one)) throw unreachable(one.name);
  }
  const replacing = wanted.map((one) => ({ ...one, before: current.get(one.name) }));
  const changed = replacing.filter(({ before, digest, anew }) => anew || before?.digest !== digest);
  const namings = judgeNaming(writer, replacing, changed);
  const { versions } = await storeVersions(sandboxId, changed, { current, now });
  noteTouched(versions.map((version) => inCompartments(sandboxId, version)));
  const written = new Map(versions.map((version) => [`${version.resourceType}/${version.id}`, version]));
  await requireWithinReach(
    writer,
    replacing.map((one) => ({ ...one, after: written.get(one.name) })),
    namings,
  );
  return wanted.map(({ name, resource: { resourceType, id } }) => {
    const version = written.get(name);
    const before = current.get(name);
    return {
      resourceType,
      id,
      created: !before || before.deleted,
      deleted: false,
      content: version?.content ?? before?.content ?? '',
      versionId: version?.versionId ?? before?.version_id ?? 0,
      lastUpdated: version ? now : (before?.last_updated ?? now),
    };
  });
}

/**
 * Refuses a resource out of reach in the same way as a missing one, also by `ifMatch`, so that ids cannot be guessed.
 */
function requireWritable(
  name: string,
  stored: StoredForWriting | undefined,
  { ifMatch, isNew }: Partial<ResourceWrite>,
) {
  const reached = stored?.reached ? stored : undefined;
  if (reached && isNew && !reached.deleted) throw takenId(name);
  requireVersion(name, reached, ifMatch);
  if (stored !== reached) throw unreachable(name);
}

/** A resource to be deleted. */
export interface ResourceDeletion {
  resourceType: string;
  id: string;
  ifMatch?: string;
}

/**
 * Deletes resources; their versions stay in the history. Resources that are deleted already are left as they are.
 * @throws FhirError 404 for a resource that does not exist or is out of reach, 412 when the version is not the expected
 * one.
 */
export async function deleteResources(writer: Writer, deletions: ResourceDeletion[]): Promise<void> {
  const targets = deletions.map(({ resourceType, id }) => ({ resourceType, id, verb: 'd' as const }));
  const current = await lockStored(writer, targets);
  const found = deletions.map(({ resourceType, id, ifMatch }) => {
    const name = `${resourceType}/${id}`;
    const stored = current.get(name);
    if (!stored?.reached) throw unreachable(name);
    requireVersion(name, stored, ifMatch);
    return stored;
  });
  const keys = new Set(found.filter(({ deleted }) => !deleted).map(({ key }) => key));
  if (keys.size > 0) await storeDeletions([...keys], writer.now);
  await endDeletedContext(writer.sandboxId, targets);
}

function inCompartments(sandboxId: number, { resourceType, id, patients }: ResourceVersion) {
  return { resourceType, id, patients: patients.map((patient) => compartment(sandboxId, patient)) };
}
