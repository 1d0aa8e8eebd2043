import type { IncomingMessage, ServerResponse } from 'node:http';
import { closeUnlessWhole } from './close-gently.ts';
import { countBody } from './count-body.ts';
import { maxBodyLengthAt } from './max-body-length.ts';
import { tooLong } from './read-body.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/**
 * Wraps the handler of a Node server, so that it gets no more of a body than its address may have. An answer ends its
 * connection when the body of its request has not arrived whole.
 */
export function bounded(handler: Handler): Handler {
  return (request, response) => {
    closeUnlessWhole(request, response);
    const limit = maxBodyLengthAt(pathOf(request)) ?? Number.POSITIVE_INFINITY;
    if (Number(request.headers['content-length'] ?? 0) > limit) return refuse(response, limit);
    countBody(request, limit, () => takeOver(response, limit));
    if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
    return handler(request, response);
  };
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?')[0] ?? '';
}

function refuse(response: ServerResponse, limit: number): void {
  response.statusCode = 413;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.end(tooLong(limit));
}

/** Refuses a body that turns out too long while the handler reads it, and keeps the handler from answering as well. */
function takeOver(response: ServerResponse, limit: number): void {
  if (response.headersSent) return;
  refuse(response, limit);
  const ignore = () => response;
  Object.assign(response, {
    setHeader: ignore,
    appendHeader: ignore,
    writeHead: ignore,
    end: ignore,
    write: () => true,
  });
}
