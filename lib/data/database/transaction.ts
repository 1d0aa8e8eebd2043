import type { Prisma } from '#prisma/generated/client.ts';
import { database } from './database.ts';

export type Transaction = Prisma.TransactionClient;

/** A day: loading a sandbox is as long as its data is large. */
const longest = 24 * 60 * 60 * 1000;

/** Does work of any length in one transaction: what it throws undoes everything that it wrote. */
export function inTransaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
  return database().$transaction(work, { timeout: longest });
}
