import { boundaryOf } from './boundary.ts';

/** Longer than the head of any part that a browser sends: a name, a file name and a type. */
const maxHead = 8192;

/** More than any page of ours sends: each part costs the parser a while. */
const maxParts = 2000;

/**
 * Whether the body of a form consists of the parts that its Content-Type announces, and nothing before, between or after
 * them, each with a head of reasonable length. Parsers differ in what else they let pass.
 * @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1
 */
export function hasSoundParts(contentType: string, body: Buffer): boolean {
  if (hasMore(body, `--${boundaryOf(contentType)}`, maxParts)) return false;
  const pieces = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundaryOf(contentType)}`);
  const [before, ...parts] = pieces;
  const after = parts.pop();
  return before === '' && /^--(\r\n)?$/.test(after ?? '') && parts.every(hasSoundHead);
}

/** Whether the text stands in the body more often than in the parts and their end. */
function hasMore(body: Buffer, text: string, parts: number): boolean {
  let count = 0;
  for (let at = body.indexOf(text, 0, 'latin1'); at >= 0; at = body.indexOf(text, at + text.length, 'latin1')) {
    count++;
    if (count > parts + 1) return true;
  }
  return false;
}

function hasSoundHead(part: string): boolean {
  const end = part.indexOf('\r\n\r\n');
  if (!part.startsWith('\r\n') || end < 0 || end > maxHead) return false;
  return !/[^\t\x20-\x7e\x80-\xff]/.test(part.slice(2, end).replaceAll('\r\n', ''));
}
