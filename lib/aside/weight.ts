/** Characters that weigh as much as one value. */
const charactersOfValue = 100;

/** What is heavier is large: it takes more than a few of our turns to validate. */
const maxWeight = 1500;

/**
 * Whether it takes long to validate a JSON value: it is weighed by its values, the length of its texts, and how often it
 * is validated. Stops as soon as it knows. Expects a value that is not nested more deeply than JSON that was parsed.
 */
export function isLarge(value: unknown, times: number): boolean {
  return weightOf(value, maxWeight / times) > maxWeight / times;
}

/** The weight of a value, or a part of it that weighs more than `limit` already. */
function weightOf(value: unknown, limit: number): number {
  if (typeof value === 'string') return 1 + value.length / charactersOfValue;
  if (typeof value !== 'object' || value === null) return 1;
  let weight = 1;
  for (const name in value) {
    weight += weightOf((value as Record<string, unknown>)[name], limit - weight);
    if (weight > limit) return weight;
  }
  return weight;
}
