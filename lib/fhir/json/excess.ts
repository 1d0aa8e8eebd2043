import { sliceLength } from './slice-length.ts';
import { endOfText } from './token.ts';

/** JSON with more values than this is refused before it is parsed: each takes a hundred bytes and more of memory. */
const maxValues = 2_000_000;

/** JSON nested deeper is refused before it is parsed; resources may be nested far less deeply. */
const maxDepth = 1000;

const quotationMark = 0x22;

/** How many values a sign brings, by its code. */
const values = new Map([',', '[', '{'].map((sign) => [sign.charCodeAt(0), 1]));

/** How many levels a sign leads down, by its code. */
const levels = new Map(
  Object.entries({ '[': 1, '{': 1, ']': -1, '}': -1 }).map(([sign, by]) => [sign.charCodeAt(0), by]),
);

/**
 * Looks at JSON text before it is parsed, and says in a few words what there is too much of in it; undefined when it
 * may be parsed. Text that is no JSON gets any answer. Yields after each slice of the text.
 */
export function* excessIn(text: string): Generator<void, string | undefined> {
  const count = { values: 0, depth: 0 };
  for (let at = 0; at < text.length; yield) {
    at = countFrom(text, at, count);
    if (count.values > maxValues) return `has more than ${maxValues} values`;
    if (count.depth > maxDepth) return `is nested deeper than ${maxDepth} levels`;
  }
  return undefined;
}

/** Counts on from `at` until there is too much, or a slice is done; returns the position that comes next. */
function countFrom(text: string, at: number, count: { values: number; depth: number }): number {
  const end = Math.min(at + sliceLength, text.length);
  let place = at;
  while (place < end && count.values <= maxValues && count.depth <= maxDepth) {
    const code = text.charCodeAt(place);
    count.values += values.get(code) ?? 0;
    count.depth += levels.get(code) ?? 0;
    place = next(text, place);
  }
  return place;
}

/** The position after the sign or the whole text in quotation marks at `at`. */
function next(text: string, at: number): number {
  if (text.charCodeAt(at) !== quotationMark) return at + 1;
  const end = endOfText(text, at + 1);
  return end < 0 ? text.length : end + 1;
}
