/**
 * Index of the quotation mark that ends a JSON string; a mark after an odd number of backslashes is part of the string.
 */
export function endOfText(text: string, start: number): number {
  let end = text.indexOf('"', start);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text[before] === '\\') before--;
  return (at - before) % 2 === 0;
}

/** A member name with its escapes resolved: `\u0061` is `a`. */
export function unescaped(name: string): string {
  return name.includes('\\') ? JSON.parse(`"${name}"`) : name;
}

/** Whether a character can start a number: a digit or a minus sign. */
export function startsNumber(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d;
}

/** Whether a character can continue a number: a digit, a sign, the decimal point, or the exponent's letter. */
export function continuesNumber(code: number): boolean {
  return startsNumber(code) || code === 0x2e || code === 0x2b || code === 0x45 || code === 0x65;
}
