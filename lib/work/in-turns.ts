import { setImmediate } from 'node:timers/promises';

/** Longest time that one piece of work goes on before it lets other requests through, in milliseconds. */
const maxTurn = 8;

/**
 * Makes a function to await between small pieces of work: it pauses after each `maxTurn`, so that other requests are
 * served in between. Awaiting work that is done already does not: timers and the network wait all the same.
 */
export function turnTaker(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < maxTurn) return;
    await setImmediate();
    began = performance.now();
  };
}

/**
 * Does `work` for each of `items`, pausing as `inTurns` does. For many small items: awaiting each would take longer than
 * they do.
 */
export async function eachInTurns<Item>(items: Iterable<Item>, work: (item: Item) => void): Promise<void> {
  let began = performance.now();
  for (const item of items) {
    work(item);
    if (performance.now() - began < maxTurn) continue;
    await setImmediate();
    began = performance.now();
  }
}

/** Yields `items` one by one, pausing after each `maxTurn` so that other requests are served in between. */
export async function* inTurns<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  const turn = turnTaker();
  for (const item of items) {
    yield item;
    await turn();
  }
}

/** Goes through the steps of work, pausing after each `maxTurn` so that other requests are served in between. */
export async function stepsInTurns<Result>(steps: Iterator<unknown, Result>): Promise<Result> {
  const turn = turnTaker();
  let step = steps.next();
  while (!step.done) {
    await turn();
    step = steps.next();
  }
  return step.value;
}
