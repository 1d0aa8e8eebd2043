import { lockStored, type WriteTarget } from './stored-for-writing.ts';
import { unreachable, WriteRefusal, type Writer } from './write.ts';

/**
 * The current content, as JSON text by `Type/id`, of resources that are to be patched, kept from other writers until
 * the transaction ends.
 * @throws WriteRefusal 404 for what is not there or out of reach, 410 for what is deleted.
 */
export async function lockContent(writer: Writer, targets: Omit<WriteTarget, 'verb'>[]): Promise<Map<string, string>> {
  const wanted = targets.map((target) => ({ ...target, verb: 'u' as const }));
  const stored = await lockStored(writer, wanted);
  const contents = wanted.map(({ resourceType, id }): [string, string] => {
    const name = `${resourceType}/${id}`;
    const found = stored.get(name);
    if (!found?.reached) throw unreachable(name);
    if (found.deleted) throw new WriteRefusal(name, 410, 'deleted', `${name} was deleted: there is nothing to patch.`);
    return [name, found.content];
  });
  return new Map(contents);
}
