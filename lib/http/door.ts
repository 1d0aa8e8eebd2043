import type { IncomingMessage, ServerResponse } from 'node:http';
import { closeUnlessWhole } from './close-gently.ts';
import { countBody } from './count-body.ts';
import { maxBodyLengthAt } from './max-body-length.ts';
import { tooLong } from './read-body.ts';
import { refusalOf } from './request-line.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/**
 * Wraps the handler of a Node server, so that it gets no request that frameworks fail on, and no more of a body than
 * its address may have. A refused request ends its connection when its body has not arrived whole.
 */
export function behindDoor(handler: Handler): Handler {
  return (request, response) => {
    closeUnlessWhole(request, response);
    const limit = maxBodyLengthAt(pathOf(request)) ?? Number.POSITIVE_INFINITY;
    const refusal = refusalOf(request);
    if (refusal) return refuse(response, refusal);
    if (Number(request.headers['content-length'] ?? 0) > limit) return refuse(response, refusalOfLength(limit));
    countBody(request, limit, () => takeOver(response, limit));
    // A client that waits for it before it sends the body; Node would invite it before anybody has looked.
    if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
    return handler(request, response);
  };
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?')[0] ?? '';
}

function refusalOfLength(limit: number): { status: number; text: string } {
  return { status: 413, text: tooLong(limit) };
}

function refuse(response: ServerResponse, { status, text }: { status: number; text: string }): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.end(text);
}

/** Refuses a body that turns out too long while the handler reads it, and keeps the handler from answering as well. */
function takeOver(response: ServerResponse, limit: number): void {
  if (response.headersSent) return;
  refuse(response, refusalOfLength(limit));
  const ignore = () => response;
  Object.assign(response, {
    setHeader: ignore,
    appendHeader: ignore,
    writeHead: ignore,
    end: ignore,
    write: () => true,
  });
}
