import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { removeSomeRecords, removeSomeResources } from './resources.ts';

/** No slug begins so: what is named like this is found at no address. */
const mark = '~';

/** Holds for sandboxes that are there, and not for the rest of deleted ones. */
export const notDeleted = { slug: { not: { startsWith: mark } } };

/**
 * Deletes a sandbox: from this moment it has no address, no members and no name that anybody could find, so that every
 * door answers as for one that never was, in every process. Its data are cleared away afterwards, by `purgeDeleted`.
 * Accounts that were members of nothing else go with it, except that of `deletedBy`.
 */
export function deleteSandbox(sandboxId: number, deletedBy: string): Promise<void> {
  return inTransaction(async () => {
    await database().sandbox.update({ where: { id: sandboxId }, data: { slug: `${mark}${sandboxId}` } });
    const members = await database().membership.findMany({ where: { sandboxId }, select: { userId: true } });
    await database().membership.deleteMany({ where: { sandboxId } });
    await database().invitation.deleteMany({ where: { sandboxId } });
    await database().sandboxFilling.deleteMany({ where: { sandboxId } });
    await deleteLeftAccounts(members.map(({ userId }) => userId).filter((id) => id !== deletedBy));
  });
}

/** Deletes those of the accounts that belong to no sandbox, and are asked into none. */
export async function deleteLeftAccounts(ids: string[]): Promise<void> {
  const left = await database().user.findMany({
    where: { id: { in: ids }, memberships: { none: {} } },
    select: { id: true, username: true },
  });
  const usernames = left.map(({ username }) => username);
  const invited = await database().invitation.findMany({ where: { username: { in: usernames } } });
  const kept = new Set(invited.map(({ username }) => username));
  const gone = left.filter(({ username }) => !kept.has(username)).map(({ id }) => id);
  await database().user.deleteMany({ where: { id: { in: gone } } });
}

/** Clears away what deleted sandboxes have left, in small steps. Several processes may do so at once. */
export async function purgeDeleted(): Promise<void> {
  const deleted = await database().sandbox.findMany({ where: { slug: { startsWith: mark } }, select: { id: true } });
  for (const { id } of deleted) {
    while ((await removeSomeResources(id)) > 0);
    while ((await removeSomeRecords(id)) > 0);
    // Whatever else it owns goes with the row.
    await database().sandbox.deleteMany({ where: { id } });
  }
}

/** Whether the sandbox was deleted, perhaps a moment ago. */
export async function isDeleted(sandboxId: number): Promise<boolean> {
  return (await database().sandbox.count({ where: { id: sandboxId, ...notDeleted } })) === 0;
}

/** Does `work`; when it fails, and the sandbox was deleted meanwhile, that is the reason, and `gone` the answer. */
export async function unlessDeleted<Done>(sandboxId: number, work: () => Promise<Done>, gone: Done): Promise<Done> {
  try {
    return await work();
  } catch (thrown) {
    if (await isDeleted(sandboxId).catch(() => false)) return gone;
    throw thrown;
  }
}
