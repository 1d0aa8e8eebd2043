import { expect, it } from 'vitest';
import { eachInTurns, inTurns, stepsInTurns, turnTaker } from './in-turns.ts';

/** Works for a millisecond without a pause. */
function work(): void {
  for (const began = performance.now(); performance.now() - began < 1; );
}

/** How often a timer of one millisecond comes to its turn while `long` works. */
async function turnsDuring(long: () => Promise<void>): Promise<number> {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  await long();
  clearInterval(timer);
  return turns;
}

it('lets others have their turn while it goes through items', async () => {
  const turns = await turnsDuring(async () => {
    for await (const _ of inTurns(Array.from({ length: 100 }))) work();
  });
  expect(turns).toBeGreaterThanOrEqual(3);
});

it('does so without awaiting each item', async () => {
  const turns = await turnsDuring(() => eachInTurns(Array.from({ length: 100 }), work));
  expect(turns).toBeGreaterThanOrEqual(3);
});

it('does so between statements that are done before they are awaited', async () => {
  const turn = turnTaker();
  const turns = await turnsDuring(async () => {
    for (let at = 0; at < 100; at++) {
      await turn();
      work();
    }
  });
  expect(turns).toBeGreaterThanOrEqual(3);
});

it('does so between the steps of work, and hands on its result', async () => {
  function* steps() {
    for (let at = 0; at < 100; at++) yield work();
    return 'done';
  }
  let result: unknown;
  const turns = await turnsDuring(async () => {
    result = await stepsInTurns(steps());
  });
  expect(turns).toBeGreaterThanOrEqual(3);
  expect(result).toBe('done');
});

it('yields the items in their order', async () => {
  const yielded: number[] = [];
  for await (const item of inTurns([1, 2, 3])) yielded.push(item);
  expect(yielded).toEqual([1, 2, 3]);
});
