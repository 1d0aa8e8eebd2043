import { lockStored, type WriteTarget } from './stored-for-writing.ts';
import type { Writer } from './write.ts';
import { requireVersion, unreachable, WriteRefusal } from './write-refusal.ts';

/**
 * Reads resources that are about to be patched, as JSON text by `Type/id`, and locks them until the transaction ends. The
 * version that a request names is compared before its patch is applied.
 * @throws WriteRefusal 404 for a resource that does not exist or is out of reach, 410 for a deleted one, 412 for one at
 * another version.
 */
export async function lockContent(
  writer: Writer,
  targets: (Omit<WriteTarget, 'verb'> & { ifMatch?: string })[],
): Promise<Map<string, string>> {
  const wanted = targets.map((target) => ({ ...target, verb: 'u' as const }));
  const stored = await lockStored(writer, wanted);
  const contents = wanted.map(({ resourceType, id, ifMatch }): [string, string] => {
    const name = `${resourceType}/${id}`;
    const found = stored.get(name);
    if (!found?.reached) throw unreachable(name);
    if (found.deleted) throw new WriteRefusal(name, 410, 'deleted', `${name} was deleted: there is nothing to patch.`);
    requireVersion(name, found, ifMatch);
    return [name, found.content];
  });
  return new Map(contents);
}
