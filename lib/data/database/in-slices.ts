import { isEnding } from '#lib/work/ending.ts';

/** How many rows one statement deletes: few, so that it takes no time and others get their turn. */
const sliceSize = 1000;

/**
 * Deletes slice by slice: `remove` deletes at most `max` rows and returns how many, until there are no more, or the
 * process ends: what is left is deleted the next time.
 */
export async function inSlices(remove: (max: number) => Promise<number>, max = sliceSize): Promise<void> {
  let removed = max;
  while (removed >= max && !isEnding()) removed = await remove(max);
}
