import { numberTextOf } from './number-text.ts';

/**
 * A copy of a JSON value in which each number with a text of its own is a symbol that tells the text: whatever is moved
 * about in the copy takes it along, as it does not take what an object knows of its numbers. The type is that of the
 * value, for all but these numbers.
 */
export function withNumbersAsSymbols<Value extends object>(value: Value): Value {
  return copyOf(value) as Value;
}

function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => itemOf(value, String(index), item));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, itemOf(value, name, item)]));
}

function itemOf(holder: object, name: string, item: unknown): unknown {
  const text = numberTextOf(holder, name, item);
  return text === undefined ? copyOf(item) : Symbol(text);
}

/** A value with such symbols as JSON text. */
export function textWithSymbols(value: unknown): string {
  return JSON.stringify(value, (_, item) => (typeof item === 'symbol' ? JSON.rawJSON(item.description ?? '') : item));
}
