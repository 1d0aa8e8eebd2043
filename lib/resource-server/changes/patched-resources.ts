import { lockContent } from '#lib/data/resource/locked-resource.ts';
import { outOfReach } from '#lib/data/resource/stored-for-writing.ts';
import type { Writer } from '#lib/data/resource/write.ts';
import { reachesAll } from '#lib/data/search/reach.ts';
import { FhirError, isRefusal } from '#lib/fhir/fhir-error.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { RefusedChange } from './refused-change.ts';
import type { Target } from './targets.ts';

/** The stored resources that are to be patched, which are locked. */
export interface PatchedResources {
  /** As JSON text, by `Type/id`. */
  contents: ReadonlyMap<string, string>;
  /** The names of those that the writer may not read. */
  unread: ReadonlySet<string>;
}

/** Operations that answer with, or leave behind, what is stored: a value is compared, or put where its rule is told. */
const telling: ReadonlySet<string> = new Set(['test', 'copy', 'move']);

/**
 * Locks what `targets` patch, so that nobody else can change it in between. Who may not read a resource sends no
 * operation that tells what is stored in it, and patches it outside of transactions: the failure of another entry
 * would tell whether the patch could be made, and undo it.
 * @throws WriteRefusal 404, 410 or 412 for what is not there, not the writer's or at another version.
 * @throws RefusedChange 404 for a patch that would tell the content to who may not read it.
 */
export async function lockPatched(writer: Writer, targets: Target[], together: boolean): Promise<PatchedResources> {
  const patches = targets.filter(({ change }) => change.kind === 'patch');
  if (patches.length === 0) return { contents: new Map(), unread: new Set() };
  const names = patches.map(({ resourceType, id = '', change: { ifMatch } }) =>
    withoutUndefined({ resourceType, id, ifMatch }),
  );
  const contents = await lockContent(writer, names);
  const unread = await unreadOf(writer, patches);
  const refused = patches.find((target) => unread.has(nameOf(target)) && (together || isTelling(target)));
  if (refused) throw new RefusedChange(refused.index, unreadable(nameOf(refused)));
  return { contents, unread };
}

/** The names of the patched resources whose content the writer may not read now. */
export async function unreadOf(writer: Writer, targets: Target[]): Promise<Set<string>> {
  const wanted = targets
    .filter(({ change, resourceType }) => change.kind === 'patch' && !reachesAll(writer.permission, resourceType, 'r'))
    .map(({ resourceType, id = '' }) => ({ resourceType, id, verb: 'r' as const }));
  const missed = await outOfReach(writer, wanted);
  return new Set(missed.map(({ resourceType, id }) => `${resourceType}/${id}`));
}

/**
 * Does `work`, which applies patches, and refuses one of what its writer may not read in one way, whatever the reason:
 * every reason depends on what is stored.
 */
export async function toldAlike<T>(targets: Target[], { unread }: PatchedResources, work: () => Promise<T>) {
  const blind = targets.find((target) => target.change.kind === 'patch' && unread.has(nameOf(target)));
  if (!blind) return work();
  try {
    return await work();
  } catch (thrown) {
    throw isRefusal(thrown) ? new RefusedChange(blind.index, notMade(nameOf(blind))) : thrown;
  }
}

function nameOf({ resourceType, id }: Target): string {
  return `${resourceType}/${id}`;
}

function isTelling({ change }: Target): boolean {
  return change.kind === 'patch' && change.patch.some(({ op }) => telling.has(op));
}

function unreadable(name: string): FhirError {
  const why = 'A patch with the operation "test", "copy" or "move", or in a transaction, is for those who may read';
  return new FhirError(404, 'not-found', `${why} what it changes, and there is no ${name} that you may.`);
}

function notMade(name: string): FhirError {
  const why = 'it does not fit what is stored, or what it makes may not be stored';
  return new FhirError(
    422,
    'processing',
    `The patch of ${name} cannot be made: ${why}. More is told to those who may read ${name}.`,
  );
}
