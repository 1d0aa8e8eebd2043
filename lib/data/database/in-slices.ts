/** How many rows one statement deletes: few, so that it takes no time and others get their turn. */
const sliceSize = 1000;

/** Deletes slice by slice: `remove` deletes at most `max` rows and returns how many, until there are no more. */
export async function inSlices(remove: (max: number) => Promise<number>, max = sliceSize): Promise<void> {
  let removed = max;
  while (removed >= max) removed = await remove(max);
}
