import { stopWhenEnding } from './ending.ts';
import { FairQueue } from './fair-queue.ts';
import { processWide } from './process-wide.ts';

const queue = new FairQueue({
  name: 'background',
  maxAtOnce: 1,
  maxWaiting: 1000,
  full: () => new Error('Too much work in the background waits for one tenant.'),
});

const underWay = processWide('background-under-way', () => new Set<Promise<unknown>>());

/**
 * What this process does in the background: one step at a time, in which the tenants take turns, so that the largest
 * does not keep the others waiting until it is done. Each tenant's work is a lane. When the process ends, work stops
 * with an `Ending` where it would pass its turn on; so that all that waits has its turn to put things in order.
 */
export const backgroundTurns = {
  /** Runs `work` when it is the turn of `lane`. Work says `stopWhenEnding` before it begins. */
  async run<T>(lane: string, work: () => Promise<T>): Promise<T> {
    const done = queue.run(lane, work);
    const settled = done.catch(() => {}).finally(() => underWay.delete(settled));
    underWay.add(settled);
    return done;
  },

  /** Lets every other lane have its turn in the middle of work that `run` has begun. @throws Ending */
  async pass(lane: string): Promise<void> {
    stopWhenEnding();
    await queue.pass(lane);
    stopWhenEnding();
  },
};

/** How many works in the background have begun or wait. */
export function backgroundWorks(): number {
  return underWay.size;
}

/** Resolves when no work in the background is under way. */
export async function backgroundStopped(): Promise<void> {
  while (underWay.size > 0) await Promise.all(underWay);
}
