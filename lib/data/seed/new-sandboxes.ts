import { endOfNamesIn } from '#lib/smart/member/account-name.ts';
import { isTaken } from '../database/constraint.ts';
import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { noteIndexed } from '../resource/index-state.ts';
import { withHashes } from './hashed-definition.ts';
import { applySandboxDefinition, type SandboxDefinition } from './sandbox-definitions.ts';
import { beginFilling } from './sandbox-fillings.ts';
import { recordSeed } from './sandbox-seeds.ts';

/** The definition of a new sandbox, with the source and size of its data. */
export interface NewSandbox extends SandboxDefinition {
  data: unknown[];
  /** How many chunks its data have; 0 when it stays empty. */
  total: number;
}

/**
 * Creates a sandbox with its users and apps, and starts the filling of its data; `maker` becomes its administrator. It
 * is all or nothing, and changes no existing sandbox or account: an address is taken by a sandbox, and by accounts that
 * are named after it, as after one that was deleted, unless they are the maker's own.
 */
export async function createSandbox(
  { data, total, ...definition }: NewSandbox,
  { maker, now }: { maker: string; now: Date },
): Promise<'made' | 'slug-taken'> {
  const { slug, name } = definition;
  if (await database().sandbox.findUnique({ where: { slug }, select: { id: true } })) return 'slug-taken';
  if (await isNamedAlready(definition, maker)) return 'slug-taken';
  const hashed = await withHashes(definition);
  try {
    await inTransaction(async () => {
      const { id: sandboxId } = await database().sandbox.create({ data: { slug, name } });
      await noteIndexed(sandboxId);
      // Asked again: hashing takes long enough for somebody else to take a name.
      if (await isNamedAlready(definition, maker)) throw new SlugTaken();
      await applySandboxDefinition(sandboxId, hashed);
      await database().membership.create({ data: { sandboxId, userId: maker, role: 'admin' } });
      await recordSeed(sandboxId, { ...hashed, data });
      if (total > 0) await beginFilling(sandboxId, { empties: false, total, now });
    });
    return 'made';
  } catch (error) {
    if (error instanceof SlugTaken || isTaken(error)) return 'slug-taken';
    throw error;
  }
}

/** Whether accounts are named after the sandbox already, or as its users are. */
async function isNamedAlready({ slug, users }: Pick<NewSandbox, 'slug' | 'users'>, maker: string): Promise<boolean> {
  const taken = [
    { username: { endsWith: endOfNamesIn(slug) }, id: { not: maker } },
    { username: { in: users.map(({ username }) => username) } },
  ];
  return (await database().user.findFirst({ where: { OR: taken }, select: { id: true } })) !== null;
}

class SlugTaken extends Error {}
