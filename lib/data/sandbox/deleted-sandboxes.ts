import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { removeSomePayloads, removeSomeResources } from './removal.ts';

/** Begins the slug of a deleted sandbox. No valid slug begins with it, so no address leads there. */
const mark = '~';

/** A Prisma filter for sandboxes that are not deleted; rows of deleted ones remain until they are purged. */
export const notDeleted = { slug: { not: { startsWith: mark } } };

/**
 * Deletes a sandbox: at once it has no address and no members, so that every page and endpoint, in every process,
 * responds as if it had never existed. `purgeSandbox` removes its data afterwards. Accounts that belong to no other
 * sandbox are deleted too, except that of `deletedBy`.
 */
export function deleteSandbox(sandboxId: number, deletedBy: string): Promise<void> {
  return inTransaction(async () => {
    const where = { id: sandboxId, ...notDeleted };
    const { count } = await database().sandbox.updateMany({ where, data: { slug: `${mark}${sandboxId}` } });
    // Somebody else deleted it at the same moment.
    if (count === 0) return;
    const members = await database().membership.findMany({ where: { sandboxId }, select: { userId: true } });
    await database().membership.deleteMany({ where: { sandboxId } });
    await database().invitation.deleteMany({ where: { sandboxId } });
    await database().sandboxFilling.deleteMany({ where: { sandboxId } });
    await deleteLeftAccounts(members.map(({ userId }) => userId).filter((id) => id !== deletedBy));
  });
}

/** Deletes those of the accounts that neither belong to a sandbox nor are invited to one. */
export async function deleteLeftAccounts(ids: string[]): Promise<void> {
  const where = { id: { in: ids }, memberships: { none: {} }, invitations: { none: {} } };
  await database().user.deleteMany({ where });
}

/** The ids of the deleted sandboxes whose data are not removed yet. */
export async function findDeleted(): Promise<number[]> {
  const deleted = await database().sandbox.findMany({ where: { slug: { startsWith: mark } }, select: { id: true } });
  return deleted.map(({ id }) => id);
}

/**
 * Removes the data of a deleted sandbox in small steps. Several processes may do so at the same time.
 * @param pass called and awaited after each step
 */
export async function purgeSandbox(id: number, pass: () => Promise<void>): Promise<void> {
  while ((await removeSomeResources(id)) > 0) await pass();
  while ((await removeSomePayloads(id)) > 0) await pass();
  // The rest of what it owns is deleted with the row, by cascade; its audit log is kept.
  await inTransaction(() => database().sandbox.deleteMany({ where: { id } }), { background: true });
}

/** Tells whether the sandbox has been deleted. */
export async function isDeleted(sandboxId: number): Promise<boolean> {
  return (await database().sandbox.count({ where: { id: sandboxId, ...notDeleted } })) === 0;
}

/** Runs `work`; returns `gone` when it fails and the sandbox has been deleted meanwhile, which then is the reason. */
export async function unlessDeleted<Done>(sandboxId: number, work: () => Promise<Done>, gone: Done): Promise<Done> {
  try {
    return await work();
  } catch (thrown) {
    if (await isDeleted(sandboxId).catch(() => false)) return gone;
    throw thrown;
  }
}
