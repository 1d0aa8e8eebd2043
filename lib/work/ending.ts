import { processWide } from './process-wide.ts';

const own = processWide('ending', () => new AbortController());

/** Why work stopped: the process ends. Nothing is wrong, and what is left goes on at the next start. */
export class Ending extends Error {
  override readonly name = 'Ending';

  constructor() {
    super('The process ends.');
  }
}

/** Says that the process ends: nothing new begins, and work in the background stops at its next pause. */
export function beginEnding(): void {
  if (!isEnding()) own.abort(new Ending());
}

export function isEnding(): boolean {
  return own.signal.aborted;
}

/** Is aborted when the process begins to end. */
export function endingSignal(): AbortSignal {
  return own.signal;
}

/**
 * Stops work here when the process ends.
 * @throws Ending
 */
export function stopWhenEnding(): void {
  own.signal.throwIfAborted();
}

/** Whether work was stopped by the end of the process, whichever copy of a module says so. */
export function isOfEnding(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'Ending';
}
