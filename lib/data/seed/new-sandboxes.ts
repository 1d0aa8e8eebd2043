import { isTaken } from '../database/constraint.ts';
import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
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

/** The positions of those users of a new sandbox whose names are already taken on this server. */
export async function findTakenUsernames({ users }: Pick<NewSandbox, 'users'>): Promise<number[]> {
  const where = { username: { in: users.map(({ username }) => username) } };
  const taken = await database().user.findMany({ where, select: { username: true } });
  const names = new Set(taken.map(({ username }) => username));
  return users.flatMap(({ username }, index) => (names.has(username) ? [index] : []));
}

/**
 * Creates a sandbox with its users and apps, and starts the filling of its data; `maker` becomes its administrator. It
 * is all or nothing, and changes no existing sandbox or account.
 */
export async function createSandbox(
  { data, total, ...definition }: NewSandbox,
  { maker, now }: { maker: string; now: Date },
): Promise<'made' | 'slug-taken' | 'username-taken'> {
  const { slug, name } = definition;
  if (await database().sandbox.findUnique({ where: { slug }, select: { id: true } })) return 'slug-taken';
  if (await isAnyTaken(definition)) return 'username-taken';
  const hashed = await withHashes(definition);
  try {
    await inTransaction(async () => {
      await database().sandbox.create({ data: { slug, name } });
      // Asked again: hashing takes long enough for somebody else to take a name.
      if (await isAnyTaken(definition)) throw new UsernameTaken();
      const sandboxId = await applySandboxDefinition(hashed);
      await database().membership.create({ data: { sandboxId, userId: maker, role: 'admin' } });
      await recordSeed(sandboxId, { ...definition, data });
      if (total > 0) await beginFilling(sandboxId, { empties: false, total, now });
    });
    return 'made';
  } catch (error) {
    if (error instanceof UsernameTaken) return 'username-taken';
    if (isTaken(error)) return 'slug-taken';
    throw error;
  }
}

async function isAnyTaken(definition: Pick<NewSandbox, 'users'>): Promise<boolean> {
  return (await findTakenUsernames(definition)).length > 0;
}

class UsernameTaken extends Error {}
