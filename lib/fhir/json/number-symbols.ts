import { numberTextOf } from './number-text.ts';

/**
 * A copy of a JSON value in which each number with a recorded text becomes a symbol that carries the text. A patch can
 * then move numbers between objects without losing it. The static type is unchanged, although these numbers are not
 * numbers.
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

/** JSON text of a value made by `withNumbersAsSymbols`. */
export function textWithSymbols(value: unknown): string {
  return JSON.stringify(value, (_, item) => (typeof item === 'symbol' ? JSON.rawJSON(item.description ?? '') : item));
}
