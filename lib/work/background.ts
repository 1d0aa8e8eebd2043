import { FairQueue } from './fair-queue.ts';

/**
 * What this process does in the background: one step at a time, in which the tenants take turns, so that the largest
 * does not keep the others waiting until it is done. Each tenant's work is a lane.
 */
export const backgroundTurns = new FairQueue({
  name: 'background',
  maxAtOnce: 1,
  maxWaiting: 1000,
  full: () => new Error('Too much work in the background waits for one tenant.'),
});
