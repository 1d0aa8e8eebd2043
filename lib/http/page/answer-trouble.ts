import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { watchingTrouble } from '#lib/work/request-trouble.ts';
import { troublePage, troublePageHeaders, wantsPage } from './trouble-page.ts';

/** Seconds after which a client may send its request again. */
const retryAfter = '5';

/** What the person is told where a script of a page shows it. */
const sentence = 'The server is busy: its database does not answer in time. Try again in a moment.';

/**
 * Makes a request listener that answers 503 with `Retry-After`, in a form that who asked can read, where `listener` would
 * say that it failed (500) and the reason is trouble that passes. Frameworks know no other status for what is thrown.
 * No cookie changes with such an answer, so that nobody is signed out by it.
 */
export function answeringTrouble(listener: RequestListener): RequestListener {
  return (request, response) =>
    watchingTrouble((hasMetTrouble) => {
      replaceFailures(request, response, hasMetTrouble);
      return listener(request, response);
    });
}

type Any = (...given: unknown[]) => unknown;

function replaceFailures(request: IncomingMessage, response: ServerResponse, hasMetTrouble: () => boolean): void {
  const { writeHead, write, end } = response as unknown as Record<'writeHead' | 'write' | 'end', Any>;
  let body: string | undefined;
  const answer = response as unknown as Record<'writeHead' | 'write' | 'end', Any>;
  answer.writeHead = (status, ...head) => {
    if (status !== 500 || !hasMetTrouble()) return Reflect.apply(writeHead, response, [status, ...head]);
    response.setHeader('Retry-After', retryAfter);
    response.setHeader('Cache-Control', 'no-store');
    response.removeHeader('set-cookie');
    body = isOfNext(request) ? undefined : replaceBody(request, response);
    response.statusMessage = '';
    return Reflect.apply(writeHead, response, body === undefined ? [503, ...head] : [503]);
  };
  const begin = () => {
    if (!response.headersSent) response.writeHead(response.statusCode);
  };
  answer.write = (...chunk) => {
    begin();
    return body === undefined ? Reflect.apply(write, response, chunk) : true;
  };
  answer.end = (...chunk) => {
    begin();
    const ended = chunk.find((one) => typeof one === 'function');
    return Reflect.apply(end, response, body === undefined ? chunk : [body, ended]);
  };
}

/** Next's own scripts read what it answers them, which is an error that the page shows. */
function isOfNext({ headers }: IncomingMessage): boolean {
  return headers.rsc !== undefined || headers['next-action'] !== undefined;
}

function replaceBody({ method = 'GET', url = '/', headers }: IncomingMessage, response: ServerResponse): string {
  for (const name of ['content-length', 'content-encoding', 'transfer-encoding', 'etag', 'link', 'vary'])
    response.removeHeader(name);
  if (!wantsPage((name) => headers[name]?.toString())) {
    response.setHeader('Content-Type', 'application/json');
    return JSON.stringify({ error: sentence });
  }
  for (const [name, value] of Object.entries(troublePageHeaders)) response.setHeader(name, value);
  return troublePage({ method, address: url, cookie: headers.cookie });
}
