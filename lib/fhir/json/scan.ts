import { noteNumberText } from './number-text.ts';
import { sliceLength } from './slice-length.ts';
import { continuesNumber, endOfText, startsNumber, unescaped } from './token.ts';

/** A name that occurs twice in one object, and the path to that object. */
export interface Repetition {
  name: string;
  steps: (string | number)[];
}

/**
 * Scans `text`, which JSON.parse has read into `value`, for the two things parsing loses. Returns the first name
 * repeated within an object, and records on their objects and arrays the texts of numbers that JavaScript would write
 * differently. Runs in time linear in the text, and yields after each slice of it.
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-4
 */
export function* scanJson(text: string, value: unknown): Generator<void, Repetition | undefined> {
  const scan = new JsonScan(text, value);
  for (let end = sliceLength; !scan.ended; end += sliceLength) {
    scan.run(end);
    yield;
  }
  return scan.found;
}

/** Up to this many names are searched one by one; more go into a Set, so that hostile objects take linear time. */
const fewNames = 16;

/**
 * Number texts below this depth are not recorded: no stored resource nests deeper, and each lookup walks the whole
 * path.
 */
const maxNoteDepth = 128;

/** Number texts of a list's further items are not recorded: no stored resource has so long a list. */
const maxNotedItem = 10_000;

const quotationMark = 0x22;
const comma = 0x2c;
const beginArray = 0x5b;
const endArray = 0x5d;
const beginObject = 0x7b;
const endObject = 0x7d;
const space = 0x20;

class Names {
  readonly #few: string[] = [];
  #many: Set<string> | undefined;

  /** Adds a name; returns false if it was there already. */
  add(name: string): boolean {
    if (this.#many) return this.#many.size < this.#many.add(name).size;
    if (this.#few.includes(name)) return false;
    if (this.#few.push(name) === fewNames) this.#many = new Set(this.#few);
    return true;
  }
}

/** An object or array that contains the current position. */
interface Level {
  /** The parsed value at this level; filled in only when needed. */
  value?: unknown;
  /** Undefined for an array. */
  names: Names | undefined;
  /** Name or index of the member being read. */
  step: string | number;
  awaitsName: boolean;
}

class JsonScan {
  readonly #text: string;
  readonly #levels: Level[];
  #top: Level;
  #at = 0;
  found: Repetition | undefined;

  constructor(text: string, value: unknown) {
    this.#text = text;
    this.#top = { value: [value], names: undefined, step: 0, awaitsName: false };
    this.#levels = [this.#top];
  }

  get ended(): boolean {
    return this.#at >= this.#text.length || this.found !== undefined;
  }

  /** Goes on until the position `end` is reached. */
  run(end: number): void {
    while (this.#at < end && !this.ended) {
      const code = this.#text.charCodeAt(this.#at);
      if (code > space) this.#take(code);
      else this.#at++;
    }
  }

  #take(code: number): void {
    if (code === quotationMark) this.#takeText();
    else if (startsNumber(code)) this.#takeNumber();
    else this.#takeSign(code);
  }

  #takeSign(code: number): void {
    this.#at++;
    if (code === comma) this.#goOn();
    else if (code === beginObject || code === beginArray) this.#enter(code === beginObject);
    else if (code === endObject || code === endArray) this.#leave();
  }

  #enter(isObject: boolean): void {
    this.#top = { names: isObject ? new Names() : undefined, step: 0, awaitsName: isObject };
    this.#levels.push(this.#top);
  }

  #leave(): void {
    this.#levels.pop();
    this.#top = this.#levels.at(-1) ?? this.#top;
  }

  #goOn(): void {
    if (this.#top.names) this.#top.awaitsName = true;
    else this.#top.step = Number(this.#top.step) + 1;
  }

  #takeText(): void {
    const start = this.#at + 1;
    const end = endOfText(this.#text, start);
    this.#at = end + 1;
    if (this.#top.awaitsName) this.#takeName(unescaped(this.#text.slice(start, end)));
  }

  #takeName(name: string): void {
    this.#top.awaitsName = false;
    this.#top.step = name;
    if (this.#top.names?.add(name)) return;
    this.found = { name, steps: this.#levels.slice(1, -1).map(({ step }) => step) };
  }

  #takeNumber(): void {
    const start = this.#at;
    do this.#at++;
    while (continuesNumber(this.#text.charCodeAt(this.#at)));
    const number = this.#text.slice(start, this.#at);
    if (String(Number(number)) === number || this.#levels.length > maxNoteDepth) return;
    if (Number(this.#top.step) >= maxNotedItem && !this.#top.names) return;
    noteNumberText(this.#valueAt(this.#levels.length - 1) as object, String(this.#top.step), number);
  }

  #valueAt(depth: number): unknown {
    const level = this.#levels[depth] ?? this.#top;
    if (level.value === undefined) {
      const holder = this.#valueAt(depth - 1) as Record<string, unknown>;
      level.value = holder[this.#levels[depth - 1]?.step ?? ''];
    }
    return level.value;
  }
}
