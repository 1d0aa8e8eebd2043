import { error, type ResourceIssue } from './resource-issue.ts';

/** The most values that a resource may have: objects, lists, texts, numbers and booleans, at every depth. */
export const maxValues = 50_000;

/** The most items that one list may have. Some invariants compare each item of a list with every other. */
export const maxItems = 10_000;

/** Deeper than any real resource; protects the stack of what walks through one. */
export const maxDepth = 100;

interface Count {
  values: number;
  /** How many values contain the one that is looked at. */
  depth: number;
}

/**
 * What there is too much of in a resource; undefined when it may be stored. Whoever validates, indexes and stores a
 * resource takes time for each of its values. What is nested too deeply is not counted: it is refused for that.
 */
export function findTooMany(resource: object, type: string): ResourceIssue | undefined {
  const count = { values: 0, depth: 0 };
  const list = longListIn(resource, type, count);
  if (list !== undefined) return error(list, `A list may have ${maxItems} items`);
  return count.values > maxValues ? error(type, `A resource may have ${maxValues} values at all depths`) : undefined;
}

/** The place of the first list that is too long, looked for until there are too many values. */
function longListIn(value: unknown, path: string, count: Count): string | undefined {
  count.values++;
  if (typeof value !== 'object' || value === null || count.values > maxValues) return undefined;
  if (!Array.isArray(value)) return first(Object.entries(value), (name) => `${path}.${name}`, count);
  return value.length > maxItems ? path : first(Object.entries(value), () => path, count);
}

function first(members: [string, unknown][], placeOf: (name: string) => string, count: Count): string | undefined {
  if (count.depth > maxDepth) return undefined;
  count.depth++;
  for (const [name, member] of members) {
    const found = longListIn(member, placeOf(name), count);
    if (found !== undefined) return found;
  }
  count.depth--;
  return undefined;
}
