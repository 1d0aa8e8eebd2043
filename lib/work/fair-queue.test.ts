import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { FairQueue } from './fair-queue.ts';

const full = () => new Error('full');

/** A queue whose pieces of work end when they are told to, and the order in which they began. */
function watched(limits: { maxAtOnce: number; maxInLane?: number; maxWaiting?: number }) {
  const queue = new FairQueue({ name: randomUUID(), maxWaiting: 1000, full, ...limits });
  const began: string[] = [];
  const ends: (() => void)[] = [];
  const run = (lane: string, name = lane) =>
    queue.run(lane, () => {
      began.push(name);
      return new Promise<void>((resolve) => ends.push(resolve));
    });
  /** Ends what began first, until nothing is left. */
  const drain = async () => {
    for (let end = ends.shift(); end; end = ends.shift()) {
      end();
      await new Promise(setImmediate);
    }
  };
  return { queue, run, began, drain, ends };
}

it('lets the lanes take turns: one piece of work waits for one of each other lane, not for all of them', async () => {
  const { run, began, drain } = watched({ maxAtOnce: 1 });
  const all = Array.from({ length: 100 }, () => run('large'));
  all.push(run('small'), run('other'), run('small'));
  await new Promise(setImmediate);
  await drain();
  await Promise.all(all);
  expect(began.slice(0, 6)).toEqual(['large', 'large', 'small', 'other', 'large', 'small']);
  expect(began).toHaveLength(103);
});

it.each<[what: string, limits: { maxAtOnce: number; maxInLane?: number }, expected: string[]]>([
  ['of all lanes together', { maxAtOnce: 2 }, ['a', 'a']],
  ['of one lane', { maxAtOnce: 3, maxInLane: 1 }, ['a', 'b']],
])('runs no more than it may at the same time, %s', async (_, limits, expected) => {
  const { run, began, drain } = watched(limits);
  const all = [run('a'), run('a'), run('a'), run('b'), run('b')];
  await new Promise(setImmediate);
  expect(began).toEqual(expected);
  await drain();
  await Promise.all(all);
  expect(began.toSorted()).toEqual(['a', 'a', 'a', 'b', 'b']);
});

it('refuses what finds its own lane full, and nothing else', async () => {
  const { run, drain } = watched({ maxAtOnce: 1, maxWaiting: 2 });
  const all = [run('a'), run('a'), run('a'), run('b')];
  await expect(run('a')).rejects.toThrow('full');
  await new Promise(setImmediate);
  await drain();
  await Promise.all(all);
});

it('goes on after work that failed, and hands on its error', async () => {
  const queue = new FairQueue({ name: randomUUID(), maxAtOnce: 1, maxWaiting: 10, full });
  await expect(queue.run('a', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(await queue.run('a', async () => 'done')).toBe('done');
});

it('lets go of what waits when its time is over, and gives its place to others', async () => {
  const { queue, run, began, drain } = watched({ maxAtOnce: 1, maxWaiting: 1 });
  const [running, over] = [run('a'), new AbortController()];
  const late = queue.run('a', () => run('late'), over.signal);
  await expect(run('a')).rejects.toThrow('full');
  over.abort(new Error('late'));
  await expect(late).rejects.toThrow('late');
  await expect(queue.run('b', () => run('late'), over.signal)).rejects.toThrow('late');
  const next = run('a', 'next');
  await drain();
  await Promise.all([running, next]);
  expect(began).toEqual(['a', 'next']);
});

it('leaves work alone whose time is over after it has begun', async () => {
  const { queue, run, began, drain } = watched({ maxAtOnce: 2, maxInLane: 1 });
  const over = new AbortController();
  const begun = queue.run('a', () => run('b'), over.signal);
  over.abort(new Error('late'));
  const next = run('a');
  await new Promise(setImmediate);
  expect(began).toEqual(['b']);
  await drain();
  await Promise.all([begun, next]);
});

it('lets others have their turn in the middle of long work', async () => {
  const queue = new FairQueue({ name: randomUUID(), maxAtOnce: 1, maxWaiting: 10, full });
  const steps: string[] = [];
  const work = (lane: string, count: number) =>
    queue.run(lane, async () => {
      for (let step = 1; step <= count; step++) {
        steps.push(`${lane}${step}`);
        await queue.pass(lane);
      }
    });
  await Promise.all([work('a', 4), work('b', 2)]);
  expect(steps).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'a4']);
});
