import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from './process-wide.ts';

/** A transaction that work was begun in, and the state it is in now. */
export interface OpenTransaction {
  state: 'open' | 'ended' | 'undone';
  /** Whether it is work in the background, which may take long. */
  background?: boolean;
}

/** Which transaction the current work belongs to. Only `lib/data/database` begins and reads them. */
export function transactionStorage(): AsyncLocalStorage<OpenTransaction | undefined> {
  return processWide('transaction', () => new AsyncLocalStorage());
}

/** Whether the current work belongs to an open transaction in the background, whose statements may take long. */
export function isInBackground(): boolean {
  const transaction = transactionStorage().getStore();
  return transaction?.state === 'open' && transaction.background === true;
}

/**
 * Guards work that is slow: a transaction holds locks and a connection, on the embedded database the only one, so slow
 * work is done before it or after it.
 * @param what begins the sentence of the error, such as `Hashing`
 * @throws Error when a transaction is open.
 */
export function requireNoTransaction(what: string): void {
  if (transactionStorage().getStore()?.state !== 'open') return;
  throw new Error(`${what} is slow, and must not happen inside a transaction: do it before.`);
}
