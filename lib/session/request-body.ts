import type { z } from 'zod';
import { maxBodyLength } from '#lib/http/body/max-body-length.ts';
import { readBody } from '#lib/http/body/read-body.ts';
import { BodyTooLong } from './body-too-long.ts';

type Reader<Body> = (request: Request) => Promise<Body | undefined>;

/**
 * Reads a body of at most `maxBytes` as JSON of this schema. What is no text is refused, not repaired: invalid UTF-8, NUL,
 * half a surrogate pair.
 * @throws BodyTooLong
 */
export function jsonBody<Body>(schema: z.ZodType<Body>, maxBytes: number): Reader<Body> {
  return async (request) => schema.safeParse(await jsonOf(request, maxBytes)).data;
}

/** Reads the query of the address as fields of this schema. */
export function queryFields<Query>(schema: z.ZodType<Query>): Reader<Query> {
  return async (request) => schema.safeParse(Object.fromEntries(new URL(request.url).searchParams)).data;
}

/**
 * Reads a form. One that is unreadable counts as empty, so that its fields are reported as missing.
 * @throws BodyTooLong
 */
export async function formBody(request: Request): Promise<FormData> {
  const body = await bytesOf(request, maxBodyLength.form);
  const type = request.headers.get('content-type') ?? '';
  const form = new Response(new Uint8Array(body), { headers: { 'content-type': type } });
  return form.formData().catch(() => new FormData());
}

/** Reads no body, for requests whose address says everything. */
export async function noBody(): Promise<null> {
  return null;
}

/** Reads the body of a request. @throws BodyTooLong when it is longer than `maxBytes` */
export async function bytesOf(request: Request, maxBytes: number): Promise<Uint8Array> {
  const { headers, body } = request;
  const read = await readBody({ headers, body: body as AsyncIterable<Uint8Array> | null }, maxBytes);
  if (!read) throw new BodyTooLong(maxBytes);
  return read;
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
