import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Refusal } from '../request-line.ts';
import { argumentProblem, boundProblem } from './action-arguments.ts';
import { hasSoundParts } from './parts.ts';

const multipart = /^multipart\/form-data\b/i;

/** Whether the framework decodes the body of a request before it calls us: a form of several parts, or an action. */
export function isDecodedForm({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  return method === 'POST' && (multipart.test(headers['content-type'] ?? '') || 'next-action' in headers);
}

/**
 * The refusal of a form or of the arguments of a server action that nobody can decode: the framework would answer 500,
 * as if the server were at fault. Undefined for what may go on.
 * @see https://www.rfc-editor.org/rfc/rfc7578
 */
export async function refusalOfBody(headers: IncomingHttpHeaders, body: Buffer): Promise<Refusal | undefined> {
  const problem = await problemOf(headers, body);
  return problem === undefined ? undefined : { status: 400, text: `The form cannot be read: ${problem}.` };
}

async function problemOf(headers: IncomingHttpHeaders, body: Buffer): Promise<string | undefined> {
  const type = headers['content-type'] ?? '';
  const isAction = 'next-action' in headers;
  if (!multipart.test(type)) return argumentProblem(new Map([['0', body.toString()]]));
  const form = hasSoundParts(type, body) ? await formOf(type, body) : undefined;
  if (!form) return 'its body is not in the parts that its Content-Type announces';
  const names = [...form.keys()].filter((name) => (isAction ? /^[0-9a-f]+$/ : /^\$ACTION_/).test(name));
  if (new Set(names).size < names.length) return 'it says twice what a page says once';
  const fields = new Map(form.entries());
  return isAction ? argumentProblem(fields) : boundProblem(fields);
}

/** The form, as the parser of Node reads it; undefined when it cannot. */
async function formOf(type: string, body: Buffer): Promise<FormData | undefined> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch {
    return undefined;
  }
}
