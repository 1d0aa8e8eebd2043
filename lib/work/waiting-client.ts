import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from './process-wide.ts';

const storage = processWide('waiting-client', () => new AsyncLocalStorage<AbortSignal | undefined>());

/** Runs `work` for a client that waits for it until `gone` is aborted; undefined when nobody waits. */
export function forClient<T>(gone: AbortSignal | undefined, work: () => T): T {
  return storage.run(gone, work);
}

/** Is aborted when the client that waits for the current work has gone; undefined when nobody waits. */
export function clientGone(): AbortSignal | undefined {
  return storage.getStore();
}
