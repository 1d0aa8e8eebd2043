import { excessIn } from './excess.ts';
import { numberTextOf } from './number-text.ts';
import { type Repetition, scanJson } from './scan.ts';

declare global {
  interface JSON {
    /**
     * Makes an object that JSON.stringify writes as the number `text`.
     * @see https://github.com/tc39/proposal-json-parse-with-source
     */
    rawJSON(text: string): object;
  }
}

/** Thrown for JSON text in which an object has two members with the same name. */
export class RepeatedMember extends SyntaxError {
  readonly member: string;
  /** The path from the root to the second of the two. */
  readonly steps: readonly (string | number)[];

  constructor({ steps, name }: Repetition) {
    super('An object has two members of one name.');
    this.member = name;
    this.steps = [...steps, name];
  }
}

/** Thrown for JSON text that is not parsed, because it would take too much memory; the message follows its name. */
export class ExcessiveJson extends SyntaxError {}

/**
 * Parses JSON text so that `exactText` writes its numbers as they were written: `1.10` stays `1.10`.
 * @param limit how many values it may have; two millions by default
 * @throws ExcessiveJson for too many values or levels, RepeatedMember for an object with two members of the same name,
 * SyntaxError for text that is not JSON.
 * @see https://hl7.org/fhir/R4/datatypes.html#decimal
 */
export function parseExactly(text: string, limit?: number): unknown {
  const steps = parsingExactly(text, limit);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * Parses as `parseExactly` does, in steps of about a millisecond, between which others may have their turn. Only the
 * parser of JavaScript itself is one step, whatever the length.
 * @throws as `parseExactly`
 */
export function* parsingExactly(text: string, limit?: number): Generator<void, unknown> {
  const excess = yield* excessIn(text, limit);
  if (excess) throw new ExcessiveJson(excess);
  const value: unknown = JSON.parse(text);
  yield;
  const repetition = yield* scanJson(text, value);
  if (repetition) throw new RepeatedMember(repetition);
  return value;
}

/**
 * A value as JSON text, in which numbers read by `parseExactly` are written as they were.
 * @param indent for human readers
 */
export function exactText(value: unknown, indent?: number): string {
  return JSON.stringify(withRawNumbers(value), undefined, indent);
}

/** The value itself or, if some numbers have a recorded text, a copy with raw JSON in their places. */
function withRawNumbers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? withRawItems(value) : withRawMembers(value as Record<string, unknown>);
}

function withRawItems(list: unknown[]): unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const item = list[index];
    const raw = typeof item === 'number' ? rawNumber(list, String(index), item) : withRawNumbers(item);
    if (raw === item) continue;
    copy ??= [...list];
    copy[index] = raw;
  }
  return copy ?? list;
}

function withRawMembers(holder: Record<string, unknown>): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined;
  for (const name of Object.keys(holder)) {
    const item = holder[name];
    const raw = typeof item === 'number' ? rawNumber(holder, name, item) : withRawNumbers(item);
    if (raw === item) continue;
    copy ??= { ...holder };
    copy[name] = raw;
  }
  return copy ?? holder;
}

function rawNumber(holder: object, name: string, number: number): unknown {
  const text = numberTextOf(holder, name, number);
  return text === undefined ? number : JSON.rawJSON(text);
}
