import type { z } from 'zod';
import { readBody } from '#lib/http/read-body.ts';

type Reader<Body> = (request: Request) => Promise<Body | undefined>;

/** The forms of our pages are short; the longest field is the launch context that somebody types. */
const maxFormBytes = 1024 * 1024;

/**
 * Reads a body of at most `maxBytes` as JSON of this schema. What is no text is refused, not repaired: invalid UTF-8, NUL,
 * half a surrogate pair.
 */
export function jsonBody<Body>(schema: z.ZodType<Body>, maxBytes: number): Reader<Body> {
  return async (request) => schema.safeParse(await jsonOf(request, maxBytes)).data;
}

/** Reads the query of the address as fields of this schema. */
export function queryFields<Query>(schema: z.ZodType<Query>): Reader<Query> {
  return async (request) => schema.safeParse(Object.fromEntries(new URL(request.url).searchParams)).data;
}

/** Reads a form. One that is too long or unreadable counts as empty, so that its fields are reported as missing. */
export async function formBody(request: Request): Promise<FormData> {
  const body = await bytesOf(request, maxFormBytes);
  const type = request.headers.get('content-type') ?? '';
  const form = new Response(body as Uint8Array<ArrayBuffer> | undefined, { headers: { 'content-type': type } });
  return form.formData().catch(() => new FormData());
}

/** Reads no body, for requests whose address says everything. */
export async function noBody(): Promise<null> {
  return null;
}

/** Reads the body of a request; undefined when it is longer than `maxBytes`. */
export function bytesOf(request: Request, maxBytes: number): Promise<Uint8Array | undefined> {
  return readBody({ body: request.body as AsyncIterable<Uint8Array> | null }, maxBytes);
}

/** NUL and half a surrogate pair, as JSON.stringify writes them: it writes a whole pair as it is. */
const noText = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f]..)/;

async function jsonOf(request: Request, maxBytes: number): Promise<unknown> {
  const body = await bytesOf(request, maxBytes);
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return noText.test(JSON.stringify(value)) ? undefined : value;
  } catch {
    return undefined;
  }
}
