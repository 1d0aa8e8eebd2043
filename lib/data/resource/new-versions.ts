import type { Resource } from 'fhir/r4';
import { FhirError, quote } from '#lib/fhir/fhir-error.ts';
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

/** The references that one write may add, each of which is looked up, when its writer is confined to patients' records. */
const maxReferences = 1000;

/** A resource that is to be written by `verb`, and its version before. */
type Wanted = Omit<NewVersion, 'after'>;

/**
 * What must be judged of whom and what each of the new versions names, by their `Type/id`.
 * @throws FhirError 422 when they add more references than are looked up, before anything is stored
 */
export function judgeNaming(writer: Judged, wanted: Wanted[], changed: Wanted[]): Map<string, JudgedNaming> {
  const names = [...wanted.map(({ name }) => name), ...(writer.alongside ?? [])];
  const judged = changed.map((one): [string, JudgedNaming] => [one.name, namingJudged(writer, one, names)]);
  const added = new Set(
    judged.flatMap(([, { references }]) => references.map(({ resourceType, id }) => `${resourceType}/${id}`)),
  );
  if (added.size <= maxReferences) return new Map(judged);
  throw new FhirError(
    422,
    'too-costly',
    `What is written refers to ${added.size} resources to which its stored version did not; with a patient's reach it may newly refer to ${maxReferences} at once. Write it in several steps.`,
  );
}

/**
 * Refuses new versions out of reach: content that does not touch the writer's reach, that names patients out of it whom
 * the stored version did not name so or no longer names those that it did, that refers to anything out of reach, that
 * names whoever may be a patient by an identifier, and that changes what the hospital assigns.
 * @throws WriteRefusal 403, or 404 for what would be new under an id of the writer's choice
 */
export async function requireWithinReach(
  writer: Judged,
  versions: NewVersion[],
  namings: ReadonlyMap<string, JudgedNaming>,
): Promise<void> {
  const targets = versions.map(({ resource: { resourceType, id }, verb }) => ({ resourceType, id, verb }));
  const references = [...namings.values()].flatMap((naming) => naming.references);
  const reached = await withinReachNow(writer, targets, references);
  for (const version of versions) {
    const naming = namings.get(version.name) ?? { references: [] };
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
