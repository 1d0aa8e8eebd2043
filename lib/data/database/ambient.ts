import type { AsyncLocalStorage } from 'node:async_hooks';
import { outsideRequests } from '#lib/log/request-notes.ts';
import { outsideSpans } from '#lib/telemetry/spans.ts';
import { type OpenTransaction, transactionStorage } from '#lib/work/open-transaction.ts';
import { forClient } from '#lib/work/waiting-client.ts';
import type { Prisma } from '#prisma/generated/client.ts';

/** Prisma's client inside a transaction, which cannot begin another one. */
export type Transaction = Prisma.TransactionClient;

/** A transaction that work was begun in, the state it is in now, and its client. */
export interface AmbientTransaction extends OpenTransaction {
  client: Transaction;
}

function storage(): AsyncLocalStorage<AmbientTransaction | undefined> {
  // Only `within` puts anything into it.
  return transactionStorage() as AsyncLocalStorage<AmbientTransaction | undefined>;
}

/** Runs `work` inside a transaction: all its statements belong to it until the transaction has ended. */
export function within<T>(transaction: AmbientTransaction, work: () => Promise<T>): Promise<T> {
  return storage().run(transaction, work);
}

/**
 * Runs `work` as if no transaction and no request were there: for work that nobody waits for, which must neither be
 * rolled back with the transaction nor delay it, nor end with the client. Never await it inside the transaction: the
 * embedded database runs one at a time, so it hangs.
 */
export function outsideTransaction<T>(work: () => T): T {
  return storage().run(undefined, () => forClient(undefined, () => outsideRequests(() => outsideSpans(work))));
}

/**
 * The client of the open transaction that the current work belongs to; undefined when there is none, or when the work
 * has outlived a transaction that was committed.
 * @throws Error when that transaction was rolled back: a late statement would write one part of work that never
 * happened.
 */
export function currentTransaction(): Transaction | undefined {
  const ambient = storage().getStore();
  if (ambient?.state === 'undone') throw new Error('The transaction that this statement belongs to was undone.');
  return ambient?.state === 'open' ? ambient.client : undefined;
}

/**
 * Guards functions that only work inside a transaction: outside of one, their locks would be released at once and half
 * of their writes could remain.
 * @throws Error when no transaction is open.
 */
export function requireTransaction(): void {
  if (!currentTransaction()) throw new Error('This must be part of a transaction.');
}
