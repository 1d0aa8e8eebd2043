/** More than any list or object that a person or an app describes itself with. */
const maxItems = 1000;

/**
 * The path to the first list or object in a parsed JSON value with more than `max` items; undefined when there is none.
 * A schema makes a problem of each item that is wrong, and so many of them take the process seconds.
 */
export function longListIn(value: unknown, max = maxItems): (string | number)[] | undefined {
  const left: Place[] = [{ path: [], value }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { path } = next;
    const entries = entriesOf(next.value);
    if (entries.length > max) return path;
    const nested = entries.filter(([, member]) => typeof member === 'object');
    left.push(...nested.map(([name, member]) => ({ path: [...path, name], value: member })));
  }
  return undefined;
}

interface Place {
  path: (string | number)[];
  value: unknown;
}

function entriesOf(value: unknown): [name: string | number, member: unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value) ? [...value.entries()] : Object.entries(value);
}

/** What is wrong with such a list, in words that follow its name. */
export function tooManyItems(max = maxItems): string {
  return `has more than ${max} items`;
}
