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
 * may be parsed. Text that is no JSON gets any answer.
 */
export function excessIn(text: string): string | undefined {
  let [count, depth] = [0, 0];
  for (let at = 0; at < text.length; at = next(text, at)) {
    const code = text.charCodeAt(at);
    count += values.get(code) ?? 0;
    depth += levels.get(code) ?? 0;
    if (count > maxValues) return `has more than ${maxValues} values`;
    if (depth > maxDepth) return `is nested deeper than ${maxDepth} levels`;
  }
  return undefined;
}

/** The position after the sign or the whole text in quotation marks at `at`. */
function next(text: string, at: number): number {
  if (text.charCodeAt(at) !== quotationMark) return at + 1;
  const end = endOfText(text, at + 1);
  return end < 0 ? text.length : end + 1;
}
