/** Headers of an answer that scripts may read beside the few they always may. */
const exposed = 'Content-Location, ETag, Last-Modified, Location, WWW-Authenticate, X-Request-Id';

const requestHeaders =
  'Accept, Authorization, Cache-Control, Content-Type, If-Match, If-Modified-Since, If-None-Exist, If-None-Match, Origin, Prefer, X-Requested-With';

/**
 * Lets every origin read an answer that is public anyway. Cookies are never accepted across origins.
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export const openToAllOrigins: Record<string, string> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': exposed,
};

/**
 * Makes `answer`, one of our own, readable for scripts of the page at `origin`; without one, for none of another origin.
 * Either way it says that another origin may get another answer. The headers are changed in place: a copy of the
 * response would stream its body once more.
 */
export function readableFrom(origin: string | undefined, answer: Response): Response {
  const { headers } = answer;
  headers.delete('Access-Control-Allow-Origin');
  if (!/\borigin\b/i.test(headers.get('Vary') ?? '')) headers.append('Vary', 'Origin');
  if (origin) {
    headers.set('Access-Control-Allow-Origin', origin);
    headers.set('Access-Control-Expose-Headers', exposed);
  }
  return answer;
}

/**
 * The answer to an OPTIONS request where `methods` are. `allowed` is the origin whose scripts may send them, `*` for
 * every one, undefined for none. A wildcard would not cover Authorization, so the request headers are named.
 */
export function preflight(methods: string[], allowed: string | undefined): Response {
  const headers = new Headers({ Allow: methods.join(', ') });
  if (allowed !== '*') headers.set('Vary', 'Origin');
  if (allowed) {
    headers.set('Access-Control-Allow-Origin', allowed);
    headers.set('Access-Control-Allow-Methods', methods.join(', '));
    headers.set('Access-Control-Allow-Headers', requestHeaders);
    headers.set('Access-Control-Max-Age', '3600');
  }
  return new Response(null, { status: 204, headers });
}
