import type { IncomingHttpHeaders } from 'node:http';
import type { Refusal } from '../request-line.ts';

const form = 'multipart/form-data';

/** @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1 */
const boundary = /^[\w'()+,./:=? -]{1,70}$/;

/**
 * The refusal for a `multipart/form-data` whose header names no boundary, or an impossible one: pages fail on it
 * before they know who asks. Undefined for every other request.
 * @see https://www.rfc-editor.org/rfc/rfc7578#section-4.1
 */
export function refusalOfForm({ headers }: { headers: IncomingHttpHeaders }): Refusal | undefined {
  const [type = ''] = (headers['content-type'] ?? '').split(';').map((part) => part.trim());
  if (!type.toLowerCase().startsWith(form)) return undefined;
  if (type.length === form.length && boundary.test(boundaryOf(headers['content-type']))) return undefined;
  return { status: 400, text: 'The form cannot be read: its Content-Type names no boundary between its parts.' };
}

/** The text between the parts of a form, as its Content-Type names it; empty when it names none. */
export function boundaryOf(contentType = ''): string {
  const parameters = contentType.split(';').map((part) => part.trim());
  const [, value = ''] = parameters.map((text) => /^boundary=(.*)$/i.exec(text)).find(Boolean) ?? [];
  return value.replace(/^"(.*)"$/, '$1');
}
