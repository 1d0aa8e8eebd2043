import { AsyncLocalStorage } from 'node:async_hooks';

// Kept on globalThis: the bundler may load this module more than once, and the process needs one storage.
const shared = globalThis as typeof globalThis & { [key: symbol]: AsyncLocalStorage<string | undefined> | undefined };
const key = Symbol.for('ehr-sandbox.caller-address');

function storage(): AsyncLocalStorage<string | undefined> {
  shared[key] ??= new AsyncLocalStorage();
  return shared[key];
}

/** Runs the work of a request that came from this network address, for `callerAddress` to tell, however deep. */
export function calledFrom<T>(address: string | undefined, work: () => T): T {
  return storage().run(address || undefined, work);
}

/**
 * The network address that the current request came from, as the server found it; undefined outside of a request. It is
 * the one that the log names and that attempts are counted by, and never taken from a header that anybody can send.
 */
export function callerAddress(): string | undefined {
  return storage().getStore();
}
