import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from '#lib/work/process-wide.ts';

const storage = processWide('caller-address', () => new AsyncLocalStorage<string | undefined>());

/** Runs the work of a request that came from this network address, for `callerAddress` to tell, however deep. */
export function calledFrom<T>(address: string | undefined, work: () => T): T {
  return storage.run(address || undefined, work);
}

/**
 * The network address that the current request came from, as the server found it; undefined outside of a request. It is
 * the one that the log names and that attempts are counted by, and never taken from a header that anybody can send.
 */
export function callerAddress(): string | undefined {
  return storage.getStore();
}
