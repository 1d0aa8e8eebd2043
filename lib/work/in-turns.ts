import { setImmediate } from 'node:timers/promises';

/** Longest time that one piece of work goes on before it lets other requests through, in milliseconds. */
const maxTurn = 8;

/** Yields `items` one by one, pausing after each `maxTurn` so that other requests are served in between. */
export async function* inTurns<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  let began = performance.now();
  for (const item of items) {
    yield item;
    if (performance.now() - began < maxTurn) continue;
    await setImmediate();
    began = performance.now();
  }
}
