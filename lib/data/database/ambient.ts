import { AsyncLocalStorage } from 'node:async_hooks';
import type { Prisma } from '#prisma/generated/client.ts';

/** Prisma's client as work sees it: the one of a transaction, which can begin no transaction itself. */
export type Transaction = Prisma.TransactionClient;

/** A transaction that work was begun in, and what has become of it since. */
export interface AmbientTransaction {
  client: Transaction;
  state: 'open' | 'ended' | 'undone';
}

// One for the process, though the bundler may load this module more than once.
const shared = globalThis as typeof globalThis & {
  [key: symbol]: AsyncLocalStorage<AmbientTransaction | undefined> | undefined;
};
const key = Symbol.for('ehr-sandbox.transaction');

function storage(): AsyncLocalStorage<AmbientTransaction | undefined> {
  shared[key] ??= new AsyncLocalStorage();
  return shared[key];
}

/** Does `work` as part of a transaction: all its statements go there until the transaction has ended. */
export function within<T>(transaction: AmbientTransaction, work: () => Promise<T>): Promise<T> {
  return storage().run(transaction, work);
}

/**
 * Does `work` as if no transaction were open. For what nobody waits for: begun in a transaction, it must neither be
 * undone with it nor hold it up. Never await it inside the transaction: the embedded database does one at a time.
 */
export function outsideTransaction<T>(work: () => T): T {
  return storage().run(undefined, work);
}

/**
 * The client of the open transaction that the work at hand belongs to. Undefined when there is none: work that has
 * outlived its transaction speaks for itself from then on.
 * @throws Error when that transaction was undone: work that was part of it must not write what the rest did not.
 */
export function currentTransaction(): Transaction | undefined {
  const ambient = storage().getStore();
  if (ambient?.state === 'undone') throw new Error('The transaction that this statement belongs to was undone.');
  return ambient?.state === 'open' ? ambient.client : undefined;
}

/**
 * For what means nothing outside of a transaction: its locks would be gone at once, and half of it could stay.
 * @throws Error when there is none at hand.
 */
export function requireTransaction(): void {
  if (!currentTransaction()) throw new Error('This must be part of a transaction.');
}
