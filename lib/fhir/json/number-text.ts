/**
 * Under this key an object or a list knows, by name or index, the JSON texts of those of its numbers that JavaScript would
 * write in another way. No JSON has such a key, none who walks through the members of an object meets it, and a copy made with
 * `{ ...object }` has it too; one of a list has not.
 */
const texts = Symbol('texts of numbers');

interface Noted {
  [texts]?: Map<string, string>;
}

/** Remembers how the number `name` of `holder` stood in its JSON text, such as `1.10`. */
export function noteNumberText(holder: object & Noted, name: string, text: string): void {
  holder[texts] ??= new Map();
  holder[texts].set(name, text);
}

/** The texts of numbers that JavaScript would write in another way, by name. */
export function numberTextsOf(holder: object & Noted): ReadonlyMap<string, string> | undefined {
  return holder[texts];
}

/** The text of one member: only as long as it is the number that stood there. */
export function numberTextOf(holder: object, name: string, value: unknown): string | undefined {
  const text = numberTextsOf(holder)?.get(name);
  return text !== undefined && Object.is(Number(text), value) ? text : undefined;
}

/** `copy`, which was put together from the members of `original`, with the texts of its numbers. */
export function withNumberTextsOf<Copy extends object & Noted>(original: object & Noted, copy: Copy): Copy {
  if (original[texts]) copy[texts] = original[texts];
  return copy;
}
