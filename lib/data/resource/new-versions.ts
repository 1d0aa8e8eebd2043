import type { Resource } from 'fhir/r4';
import { quote } from '#lib/fhir/fhir-error.ts';
import type { PlacedReference } from '#lib/fhir/reference/placed-references.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import type { Verb } from '#lib/smart/scope/scope.ts';
import type { ResourceVersion } from './identified.ts';
import { assignedBy, type JudgedNaming, leavesOthers, namingJudged, type Replacement } from './judged-version.ts';
import { type Reached, type StoredForWriting, withinReachNow } from './stored-for-writing.ts';
import { refusedVersion, type WriteRefusal } from './write-refusal.ts';

/** A reader who writes. */
interface Judged extends Reader {
  base?: string;
  alongside?: readonly string[];
}

/** A resource that was written by `verb`, and its versions before and after; without a new one, nothing changed. */
export interface NewVersion {
  name: string;
  verb: Verb;
  resource: Resource & { id: string };
  before?: StoredForWriting | undefined;
  after?: ResourceVersion | undefined;
}

/**
 * Refuses new versions out of reach: content that does not touch the writer's reach, that names patients out of it whom
 * the stored version did not name so or no longer names those that it did, that refers to anything out of reach, that
 * names whoever may be a patient by an identifier, and that changes what the hospital assigns.
 * @throws WriteRefusal 403, or 404 for what would be new under an id of the writer's choice
 */
export async function requireWithinReach(writer: Judged, versions: NewVersion[]): Promise<void> {
  const names = [...versions.map(({ name }) => name), ...(writer.alongside ?? [])];
  const judged = versions.map((one) => ({
    ...one,
    naming: one.after ? namingJudged(writer, one, names) : { references: [] },
  }));
  const targets = versions.map(({ resource: { resourceType, id }, verb }) => ({ resourceType, id, verb }));
  const reached = await withinReachNow(
    writer,
    targets,
    judged.flatMap(({ naming }) => naming.references),
  );
  for (const { naming, ...version } of judged) {
    const now = reached.targets.get(version.name);
    const why = reasonOf(writer, version, now) ?? (now?.free ? undefined : namingReason(naming, reached.references));
    if (why) throw refusalOf(version, why);
  }
}

type Reason = (what: string) => string;

function reasonOf(writer: Judged, { after, ...version }: NewVersion, now: Reached | undefined): Reason | undefined {
  if (!now) return beyond;
  if (!after) return undefined;
  const replacement: Replacement = { ...version, after, free: now.free };
  if (!leavesOthers(writer, replacement)) return beyond;
  const [assigned] = assignedBy(writer, replacement);
  return assigned ? (what) => `${what} changes ${assigned}, which is for the hospital to assign.` : undefined;
}

function namingReason({ references, identified }: JudgedNaming, reached: ReadonlySet<string>): Reason | undefined {
  if (identified !== undefined) return (what) => namesByIdentifier(what, identified);
  const lost = references.find(({ resourceType, id }) => !reached.has(`${resourceType}/${id}`));
  return lost && ((what) => leadsBeyond(what, lost));
}

function beyond(what: string): string {
  return `${what} would not be within what you may write: look at its patient and at the search parameters of your scopes. Every patient whom it names must be within your reach, but for those whom the stored version names in the same place.`;
}

function namesByIdentifier(what: string, path: string): string {
  return `${what} names somebody in ${path} by an identifier, which is for the hospital to do where a patient may be meant: use a reference alone, or leave the identifier as the stored version has it.`;
}

function leadsBeyond(what: string, { path, resourceType, id }: PlacedReference): string {
  return `${what} refers to ${quote(`${resourceType}/${id}`)} in ${path}, which is not there, or is not within your reach.`;
}

function refusalOf({ name, verb, before }: NewVersion, why: Reason): WriteRefusal {
  return refusedVersion(name, { verb, isNew: !before }, why);
}
