import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { forClient } from '#lib/work/waiting-client.ts';

/**
 * Makes a request listener whose work knows when its client is gone: when the connection closes before the answer is
 * complete.
 */
export function serveWaiting(listener: RequestListener): RequestListener {
  return (request: IncomingMessage, response: ServerResponse) => {
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    forClient(gone.signal, () => listener(request, response));
  };
}
