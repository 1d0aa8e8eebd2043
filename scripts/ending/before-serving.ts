import { constants } from 'node:os';

/** The signals by which the process is told to end. */
export const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type Signal = (typeof signals)[number];

/** The code that says which signal ended a process. */
export function codeOf(signal: Signal): number {
  return 128 + constants.signals[signal];
}

const exits = signals.map((signal) => ({ signal, exit: () => process.exit(codeOf(signal)) }));
const abandon = () => process.exit(1);

/**
 * Has the process end at once when it is told to, or when the process that npm watches has gone: while it does not serve
 * yet, nothing needs closing. Without this the first process of a container would ignore the signals.
 */
export function endAtOnce(): void {
  for (const { signal, exit } of exits) process.on(signal, exit);
  process.on('disconnect', abandon);
}

/** Ends what `endAtOnce` began, as there is something to finish from now on. */
export function endNoMoreAtOnce(): void {
  for (const { signal, exit } of exits) process.removeListener(signal, exit);
  process.removeListener('disconnect', abandon);
}
