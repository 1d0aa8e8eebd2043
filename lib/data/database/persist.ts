import { setTimeout } from 'node:timers/promises';
import { endingSignal, isEnding } from '#lib/work/ending.ts';
import { outsideTransaction } from './ambient.ts';
import { busyOf } from './trouble/busy.ts';

interface Patience {
  /** How long it is tried, in milliseconds; without end when absent. */
  most?: number;
  /** The first pause, in milliseconds; each further one is twice as long, up to half a minute. */
  firstPause?: number;
  /** Called before each pause. */
  onWait?: (milliseconds: number) => void;
}

const maxPause = 30_000;

/**
 * Does work that nobody waits for, again and again with growing pauses while it meets trouble that passes. The end of the
 * process ends its pause, and it is done a last time, so that it can put things in order.
 * @throws what is no such trouble, and trouble that lasts for longer than it may, or than the process
 */
export function persist<T>(
  work: () => Promise<T>,
  { most = Number.POSITIVE_INFINITY, firstPause = 1000, onWait = () => {} }: Patience = {},
): Promise<T> {
  const until = performance.now() + most;
  const attempt = async (pause: number): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      if (!busyOf(thrown) || isEnding() || performance.now() + pause > until) throw thrown;
    }
    onWait(pause);
    // Rejects only when the process ends.
    await setTimeout(pause, undefined, { signal: endingSignal() }).catch(() => {});
    return attempt(Math.min(2 * pause, maxPause));
  };
  return outsideTransaction(() => attempt(firstPause));
}
