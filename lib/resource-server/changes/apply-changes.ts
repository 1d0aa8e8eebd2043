import { lockConditions } from '#lib/data/resource/matching-resources.ts';
import { deleteResources, type Writer } from '#lib/data/resource/write.ts';
import { WriteRefusal } from '#lib/data/resource/write-refusal.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import type { Change, Changed } from './change.ts';
import { type Linker, writeLinked } from './linked-writes.ts';
import { newContents } from './new-content.ts';
import { lockPatched, toldAlike, unreadOf } from './patched-resources.ts';
import { RefusedChange } from './refused-change.ts';
import { findTargets, requireDistinct, type Target } from './targets.ts';

/**
 * Applies `changes` within the current transaction, deletions first, and returns the results in the order of the
 * changes. An error must roll back the transaction.
 * @throws RefusedChange that names the change that cannot be made.
 * @see https://hl7.org/fhir/R4/http.html#trules
 */
export async function applyChanges(writer: Writer, changes: Change[], linker?: Linker): Promise<Changed[]> {
  const all = changes.map((change, index) => ({ index, change }));
  await lockConditions(
    writer,
    changes.flatMap(({ condition }) => condition?.name ?? []),
  );
  const deletions = await findTargets(
    writer,
    all.filter(({ change }) => change.kind === 'delete'),
  );
  requireDistinct(deletions);
  await withPlaces(deletions, () => deleteAll(writer, deletions));
  const others = await findTargets(
    writer,
    all.filter(({ change }) => change.kind !== 'delete'),
  );
  const targets = [...deletions, ...others].sort((a, b) => a.index - b.index);
  requireDistinct(targets);
  const patched = await withPlaces(others, () => lockPatched(writer, others, linker !== undefined));
  const written = async () => {
    const contents = await newContents(writer, others, patched);
    const alongside = contents.map(({ resource }) => `${resource.resourceType}/${resource.id}`);
    return writeLinked({ ...writer, alongside }, contents, linker?.(others));
  };
  const stored = await withPlaces(others, () => toldAlike(others, patched, written));
  const hidden = new Set([...patched.unread, ...(await unreadOf(writer, others))]);
  return targets.map((target) => changedOf(target, stored, hidden));
}

function changedOf(
  { change, resourceType, id, existing }: Target,
  stored: ReadonlyMap<string, NonNullable<Changed['stored']>>,
  hidden: ReadonlySet<string>,
): Changed {
  const name = `${resourceType}/${id}`;
  const found = existing ? { ...existing, created: false } : stored.get(name);
  const { kind } = change;
  return withoutUndefined({ kind, resourceType, id, stored: found, readable: !hidden.has(name) });
}

async function deleteAll(writer: Writer, targets: Target[]): Promise<void> {
  const deletions = targets.flatMap(({ resourceType, id, change: { ifMatch } }) =>
    id === undefined ? [] : withoutUndefined({ resourceType, id, ifMatch }),
  );
  if (deletions.length > 0) await deleteResources(writer, deletions);
}

/** Does `work`, and attributes a refusal that names a resource to the change that concerns it. */
async function withPlaces<T>(targets: Target[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof WriteRefusal)) throw thrown;
    const refused = targets.find(({ resourceType, id }) => `${resourceType}/${id}` === thrown.subject);
    throw refused ? new RefusedChange(refused.index, thrown) : thrown;
  }
}
