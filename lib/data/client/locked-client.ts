import { lostAccess } from '#lib/smart/client/lost-access.ts';
import type { Prisma } from '#prisma/generated/client.ts';
import { requireTransaction } from '../database/ambient.ts';
import { database } from '../database/database.ts';
import { query, sql } from '../database/sql.ts';
import { type Client, clientColumns, toClient } from './client.ts';
import { endAccess } from './ended-access.ts';

const columns = { ...clientColumns, sandboxId: true, clientSecretHash: true } as const;

/**
 * The stored row of an app, locked until the transaction ends: of changes that come at the same moment, each sees the
 * one before it. Undefined when the sandbox has no such app, or has it no longer.
 */
export async function lockClient(sandboxId: number, clientId: string) {
  requireTransaction();
  await query(
    sql`SELECT 1 FROM client WHERE sandbox_id = ${sandboxId}::int AND client_id = ${clientId} FOR NO KEY UPDATE`,
  );
  const where = { sandboxId_clientId: { sandboxId, clientId } };
  return (await database().client.findUnique({ where, select: columns })) ?? undefined;
}

/** An app as it is stored. */
export type StoredClient = NonNullable<Awaited<ReturnType<typeof lockClient>>>;

/** What everybody may see of a stored app. */
export function clientOf({ sandboxId: _, clientSecretHash: __, ...row }: StoredClient): Client {
  return toClient(row);
}

/**
 * Changes the row of a locked app. Nothing else may change one, because this also ends the access that the change takes
 * away.
 */
export async function changeLocked(before: StoredClient, data: Prisma.ClientUpdateInput): Promise<StoredClient> {
  const { sandboxId, clientId } = before;
  const where = { sandboxId_clientId: { sandboxId, clientId } };
  const after = await database().client.update({ where, data, select: columns });
  const lost = lostAccess(before, after);
  if (lost) await endAccess(sandboxId, clientId, lost);
  return after;
}

/** Stores the columns of an app under its id, be it new or there already. */
export async function putClient(
  sandboxId: number,
  clientId: string,
  data: Omit<Prisma.ClientUncheckedCreateInput, 'sandboxId' | 'clientId'>,
): Promise<void> {
  const before = await lockClient(sandboxId, clientId);
  if (before) await changeLocked(before, data);
  else await database().client.create({ data: { ...data, sandboxId, clientId } });
}
