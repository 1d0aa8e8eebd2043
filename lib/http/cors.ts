/** Response headers that scripts may read in addition to the CORS-safelisted ones. */
const exposed = 'Content-Location, ETag, Last-Modified, Location, Retry-After, WWW-Authenticate, X-Request-Id';

const requestHeaders =
  'Accept, Authorization, Cache-Control, Content-Type, If-Match, If-Modified-Since, If-None-Exist, If-None-Match, Origin, Prefer, X-Requested-With';

/**
 * Lets every origin read a response that is public anyway. Cookies are never accepted across origins.
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export const openToAllOrigins: Record<string, string> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': exposed,
};

/**
 * Lets scripts of the page at `origin`, or of every page with `*`, read one of our own responses; without an `origin`, no
 * other origin may. `Vary` tells caches that this depends on the origin. Changes the headers in place, because copying the
 * response would stream its body a second time.
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
 * The response to an OPTIONS request for a resource with these `methods`. `allowed` is the origin whose scripts may
 * send them: `*` for all, undefined for none. Request headers are listed, for a wildcard would not cover Authorization.
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
