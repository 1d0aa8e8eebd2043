import { lockConditions } from '#lib/data/resource/matching-resources.ts';
import { outOfReach } from '#lib/data/resource/stored-for-writing.ts';
import { deleteResources, WriteRefusal, type Writer } from '#lib/data/resource/write.ts';
import type { Change, Changed } from './change.ts';
import { type Linker, writeLinked } from './linked-writes.ts';
import { newContents } from './new-content.ts';
import { RefusedChange } from './refused-change.ts';
import { findTargets, requireDistinct, type Target } from './targets.ts';

/**
 * Makes `changes` in the transaction at hand: deletions first, then everything else, and answers them in their own
 * order. What is thrown must undo the transaction.
 * @throws RefusedChange which names the change that cannot be made.
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
  const stored = await withPlaces(others, async () => {
    const contents = await newContents(writer, others);
    return writeLinked(writer, contents, linker?.(others));
  });
  const hidden = await unreadable(writer, others);
  return targets.map((target) => changedOf(target, stored, hidden));
}

function changedOf(
  { change, resourceType, id, existing }: Target,
  stored: ReadonlyMap<string, NonNullable<Changed['stored']>>,
  hidden: ReadonlySet<string>,
): Changed {
  const name = `${resourceType}/${id}`;
  const found = existing ? { ...existing, created: false } : stored.get(name);
  const named = { kind: change.kind, resourceType, ...(id === undefined ? {} : { id }) };
  return { ...named, ...(found ? { stored: found } : {}), readable: !hidden.has(name) };
}

async function deleteAll(writer: Writer, targets: Target[]): Promise<void> {
  const deletions = targets.flatMap(({ resourceType, id, change: { ifMatch } }) =>
    id === undefined ? [] : { resourceType, id, ...(ifMatch === undefined ? {} : { ifMatch }) },
  );
  if (deletions.length > 0) await deleteResources(writer, deletions);
}

/** Of the resources that were patched those whose content the writer may not read. */
async function unreadable(writer: Writer, targets: Target[]): Promise<Set<string>> {
  const patches = targets.filter(({ change }) => change.kind === 'patch');
  const wanted = patches.map(({ resourceType, id = '' }) => ({ resourceType, id, verb: 'r' as const }));
  const missed = await outOfReach(writer, wanted);
  return new Set(missed.map(({ resourceType, id }) => `${resourceType}/${id}`));
}

/** Says of what is refused by its name which change it was. */
async function withPlaces<T>(targets: Target[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof WriteRefusal)) throw thrown;
    const refused = targets.find(({ resourceType, id }) => `${resourceType}/${id}` === thrown.subject);
    throw refused ? new RefusedChange(refused.index, thrown) : thrown;
  }
}
