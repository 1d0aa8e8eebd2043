import type { IncomingHttpHeaders } from 'node:http';
import type { Refusal } from './request-line.ts';

interface Asked {
  method?: string | undefined;
  url?: string | undefined;
  headers: IncomingHttpHeaders;
}

/** What browsers, and Next's own links, send with a request that nobody has made yet. */
const marks = ['sec-purpose', 'purpose', 'x-moz', 'next-router-prefetch', 'next-router-segment-prefetch'];

/** Files of the build, which are the same for everybody. */
const files = /^\/_next\//;

/** What answers HEAD: files, what is published, and FHIR, which says what HEAD means. All of it is read without a trace. */
const readable =
  /^\/$|^\/(_next|brands|samples|schema)\/|^\/health$|^\/(?:[^/]+\/)?[^/]+\.json$|^\/[^/]+\/(fhir|\.well-known)(\/|$)/;

/**
 * The refusal for a request by which nobody looks at an answer: a browser's guess where the user will go next, and HEAD.
 * Pages and links of ours record whose data they show, and some launch an app, so they are not answered in advance.
 * Undefined for every other request.
 * @see https://fetch.spec.whatwg.org/#sec-purpose-header
 */
export function refusalOfSpeculation({ method, url = '/', headers }: Asked): Refusal | undefined {
  const path = url.split('?')[0] ?? '/';
  if (isGuess(headers) && !files.test(path)) {
    return { status: 503, text: 'Nothing here is answered before somebody asks for it.', headers: noStore };
  }
  if (method !== 'HEAD' || readable.test(path)) return undefined;
  return { status: 405, text: 'HEAD is not answered here.', headers: { ...noStore, Allow: 'GET, POST' } };
}

const noStore = { 'Cache-Control': 'no-store' };

function isGuess(headers: IncomingHttpHeaders): boolean {
  return marks.some((name) => /prefetch|prerender|preview|^[12]$|^\//.test(String(headers[name] ?? '')));
}
