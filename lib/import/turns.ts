import { setImmediate } from 'node:timers/promises';

/** How long one piece of work keeps everything else waiting, in milliseconds. */
const maxTurn = 8;

/** The same items, with a pause for other work of this process whenever theirs has lasted a while. */
export async function* inTurns<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  let began = performance.now();
  for (const item of items) {
    yield item;
    if (performance.now() - began < maxTurn) continue;
    await setImmediate();
    began = performance.now();
  }
}
