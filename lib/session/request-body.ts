import type { z } from 'zod';
import { readBody } from '#lib/http/read-body.ts';

type Reader<Body> = (request: Request) => Promise<Body | undefined>;

/** Forms of our pages are short; the launch context that somebody types is the longest part of one. */
const maxFormBytes = 1024 * 1024;

/** Reads a body of at most `maxBytes` as JSON that `schema` knows. Text that is no UTF-8 is refused, not mended. */
export function jsonBody<Body>(schema: z.ZodType<Body>, maxBytes: number): Reader<Body> {
  return async (request) => schema.safeParse(await jsonOf(request, maxBytes)).data;
}

/** Reads the query of the address as fields that `schema` knows. */
export function queryFields<Query>(schema: z.ZodType<Query>): Reader<Query> {
  return async (request) => schema.safeParse(Object.fromEntries(new URL(request.url).searchParams)).data;
}

/** Reads a form; one that is too long or unreadable counts as an empty one, in which the fields are missing. */
export async function formBody(request: Request): Promise<FormData> {
  const body = await bytesOf(request, maxFormBytes);
  const type = request.headers.get('content-type') ?? '';
  const form = new Response(body as Uint8Array<ArrayBuffer> | undefined, { headers: { 'content-type': type } });
  return form.formData().catch(() => new FormData());
}

/** Reads nothing, for requests that say everything by their address. */
export async function noBody(): Promise<null> {
  return null;
}

/** Reads the body of a request; undefined when it is longer than `maxBytes`. */
export function bytesOf(request: Request, maxBytes: number): Promise<Uint8Array | undefined> {
  return readBody({ body: request.body as AsyncIterable<Uint8Array> | null }, maxBytes);
}

async function jsonOf(request: Request, maxBytes: number): Promise<unknown> {
  const body = await bytesOf(request, maxBytes);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
