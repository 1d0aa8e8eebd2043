import { AsyncLocalStorage } from 'node:async_hooks';

// Kept on globalThis: the bundler may load this module more than once, and the process needs one storage.
const shared = globalThis as typeof globalThis & {
  [key: symbol]: AsyncLocalStorage<AbortSignal | undefined> | undefined;
};
const key = Symbol.for('ehr-sandbox.waiting-client');

function storage(): AsyncLocalStorage<AbortSignal | undefined> {
  shared[key] ??= new AsyncLocalStorage();
  return shared[key];
}

/** Runs `work` for a client that waits for it until `gone` is aborted; undefined when nobody waits. */
export function forClient<T>(gone: AbortSignal | undefined, work: () => T): T {
  return storage().run(gone, work);
}

/** Is aborted when the client that waits for the current work has gone; undefined when nobody waits. */
export function clientGone(): AbortSignal | undefined {
  return storage().getStore();
}
