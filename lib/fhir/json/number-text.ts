/**
 * Key under which an object or array keeps, by member name or index, the JSON texts of numbers that JavaScript would
 * write differently (`1.10`). As a symbol it cannot clash with JSON names and is skipped by Object.keys; `{ ...object
 * }` copies it, spreading an array does not.
 */
const texts = Symbol('texts of numbers');

interface Noted {
  [texts]?: Map<string, string>;
}

/** Records how the number at `name` in `holder` was written in JSON, such as `1.10`. */
export function noteNumberText(holder: object & Noted, name: string, text: string): void {
  holder[texts] ??= new Map();
  holder[texts].set(name, text);
}

/** Recorded texts of the numbers in `holder`, by name or index. */
export function numberTextsOf(holder: object & Noted): ReadonlyMap<string, string> | undefined {
  return holder[texts];
}

/** Recorded text of one member, unless its value has changed since. */
export function numberTextOf(holder: object, name: string, value: unknown): string | undefined {
  const text = numberTextsOf(holder)?.get(name);
  return text !== undefined && Object.is(Number(text), value) ? text : undefined;
}

/** Gives `copy`, assembled from the members of `original`, the recorded number texts of `original`. */
export function withNumberTextsOf<Copy extends object & Noted>(original: object & Noted, copy: Copy): Copy {
  if (original[texts]) copy[texts] = original[texts];
  return copy;
}
