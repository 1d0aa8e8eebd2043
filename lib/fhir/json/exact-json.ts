import { numberTextOf } from './number-text.ts';
import { type Repetition, scanJson } from './scan.ts';

declare global {
  interface JSON {
    /** A number that JSON.stringify writes as `text`. @see https://github.com/tc39/proposal-json-parse-with-source */
    rawJSON(text: string): object;
  }
}

/** JSON text in which an object has two members of one name. */
export class RepeatedMember extends SyntaxError {
  readonly member: string;
  /** The way from the whole to the second of the two. */
  readonly steps: readonly (string | number)[];

  constructor({ steps, name }: Repetition) {
    super('An object has two members of one name.');
    this.member = name;
    this.steps = [...steps, name];
  }
}

/**
 * JSON text as a value whose numbers `exactText` writes as they stood, `1.10` as `1.10`.
 * @throws RepeatedMember for an object with two members of one name, SyntaxError for what is not JSON.
 * @see https://hl7.org/fhir/R4/datatypes.html#decimal
 */
export function parseExactly(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const repetition = scanJson(text, value);
  if (repetition) throw new RepeatedMember(repetition);
  return value;
}

/** A value as JSON text: numbers that came from a text stand as they stood there. @param indent for people */
export function exactText(value: unknown, indent?: number): string {
  return JSON.stringify(withRawNumbers(value), undefined, indent);
}

/** The value itself or, where numbers have texts of their own, a copy in which those stand in their places. */
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
