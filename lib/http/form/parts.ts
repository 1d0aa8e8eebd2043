import { boundaryOf } from './boundary.ts';

/** Longer than the head of any part that a browser sends: a name, a file name and a type. */
const maxHead = 8192;

/**
 * Whether the body of a form consists of the parts that its Content-Type announces, and nothing before, between or after
 * them, each with a head of reasonable length. Parsers differ in what else they let pass.
 * @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1
 */
export function hasSoundParts(contentType: string, body: Buffer): boolean {
  const pieces = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundaryOf(contentType)}`);
  const [before, ...parts] = pieces;
  const after = parts.pop();
  return before === '' && /^--(\r\n)?$/.test(after ?? '') && parts.every(hasSoundHead);
}

function hasSoundHead(part: string): boolean {
  const end = part.indexOf('\r\n\r\n');
  if (!part.startsWith('\r\n') || end < 0 || end > maxHead) return false;
  return !/[^\t\x20-\x7e\x80-\xff]/.test(part.slice(2, end).replaceAll('\r\n', ''));
}
