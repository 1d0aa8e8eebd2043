import { sliceLength } from './slice-length.ts';
import { endOfText } from './token.ts';

/** JSON with more values than this is refused before it is parsed: each takes a hundred bytes and more of memory. */
const maxValues = 2_000_000;

/** JSON nested deeper is refused before it is parsed; resources may be nested far less deeply. */
const maxDepth = 1000;

const quotationMark = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const beginArray = 0x5b;
const endArray = 0x5d;
const beginObject = 0x7b;
const endObject = 0x7d;

/** No object of FHIR, nor any of ours, has nearly so many members; one of a million takes seconds to make. */
const maxMembers = 10_000;

/**
 * Looks at JSON text before it is parsed, and says in a few words what there is too much of in it; undefined when it
 * may be parsed. Text that is no JSON gets any answer. Yields after each slice of the text.
 * @param limit how many values it may have
 */
export function* excessIn(text: string, limit = maxValues): Generator<void, string | undefined> {
  const count = new Count(limit);
  for (let at = 0; at < text.length; yield) {
    const end = Math.min(at + sliceLength, text.length);
    while (at < end) {
      const excess = count.take(text.charCodeAt(at));
      if (excess) return excess;
      at = next(text, at);
    }
  }
  return undefined;
}

class Count {
  readonly #limit: number;
  #values = 0;
  /** For each of the objects and lists around the current position, how many members it has so far. */
  readonly #members: number[] = [0];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts one sign, and says what there is too much of then. */
  take(code: number): string | undefined {
    if (code === comma) return this.#value();
    if (code === beginArray || code === beginObject) return this.#enter() ?? this.#value();
    if ((code === endArray || code === endObject) && this.#members.length > 1) this.#members.pop();
    return code === colon ? this.#member() : undefined;
  }

  #value(): string | undefined {
    this.#values++;
    return this.#values > this.#limit ? `has more than ${this.#limit} values` : undefined;
  }

  #enter(): string | undefined {
    this.#members.push(0);
    return this.#members.length > maxDepth + 1 ? `is nested deeper than ${maxDepth} levels` : undefined;
  }

  /** A colon stands in each member of an object, and nowhere else. */
  #member(): string | undefined {
    const count = (this.#members.pop() ?? 0) + 1;
    this.#members.push(count);
    return count > maxMembers ? `has an object with more than ${maxMembers} members` : undefined;
  }
}

/** The position after the sign or the whole text in quotation marks at `at`. */
function next(text: string, at: number): number {
  if (text.charCodeAt(at) !== quotationMark) return at + 1;
  const end = endOfText(text, at + 1);
  return end < 0 ? text.length : end + 1;
}
