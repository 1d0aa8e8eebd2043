import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { addressHeaders } from './address-headers.ts';

/** A Fetch request in the form of Node's HTTP server, and the response for a Node handler to write to. */
export interface NodeExchange {
  request: IncomingMessage & { originalUrl?: string };
  response: ServerResponse;
  /** Resolves when the handler has ended the response. */
  answer: Promise<Response>;
}

/** How a handler sees the request: its origin, and the path the handler is mounted on. */
export interface Mount {
  /** Scheme, host and port that the request counts as sent to, whatever its Host header says. */
  origin: string;
  /** Path prefix removed from the `url` that the handler sees, such as `/demo`. */
  path: string;
}

/** Converts `request` for a Node handler at `mount`; the body has been read already. */
export function nodeExchange(request: Request, body: Uint8Array, mount: Mount): NodeExchange {
  const origin = new URL(mount.origin);
  const { pathname, search } = new URL(request.url);
  const socket = Object.assign(new Socket(), { encrypted: origin.protocol === 'https:' });
  const incoming: IncomingMessage & { originalUrl?: string } = new IncomingMessage(socket);
  incoming.method = request.method;
  incoming.originalUrl = pathname + search;
  incoming.url = incoming.originalUrl.slice(mount.path.length) || '/';
  incoming.headers = { ...headersOf(request), host: origin.host, 'content-length': String(body.byteLength) };
  if (body.byteLength > 0) incoming.push(body);
  incoming.push(null);
  return { request: incoming, ...collect(new ServerResponse(incoming)) };
}

function headersOf(request: Request): Record<string, string> {
  const headers = [...request.headers].filter(([name]) => !addressHeaders.includes(name));
  return Object.fromEntries(headers.filter(([name]) => name !== 'transfer-encoding'));
}

/**
 * Replaces `write` and `end`, which need a live socket, by versions that collect the body and resolve once it is
 * complete.
 */
function collect(response: ServerResponse): { response: ServerResponse; answer: Promise<Response> } {
  const chunks: Uint8Array[] = [];
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const answer = new Promise<Response>((resolve) => {
    response.write = ((chunk: unknown) => {
      keep(chunk);
      return true;
    }) as typeof response.write;
    response.end = ((chunk?: unknown) => {
      keep(chunk);
      resolve(toFetch(response, Buffer.concat(chunks)));
      return response;
    }) as typeof response.end;
  });
  return { response, answer };
}

function toFetch(response: ServerResponse, body: Uint8Array<ArrayBuffer>): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.getHeaders())) {
    for (const one of [value].flat()) headers.append(name, String(one));
  }
  const status = response.statusCode;
  return new Response([204, 205, 304].includes(status) ? null : body, { status, headers });
}
