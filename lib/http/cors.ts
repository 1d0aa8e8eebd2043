/** Headers of an answer that scripts of every origin may read. */
const exposed = 'Content-Location, ETag, Last-Modified, Location, WWW-Authenticate, X-Request-Id';

/**
 * Lets every origin read an answer. Right where nothing but a bearer token opens the door: a browser sends none by
 * itself, and cookies are not accepted.
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export const openToAllOrigins: Record<string, string> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': exposed,
};

/** The answer to a preflight for `methods`. A wildcard would not cover Authorization, so the headers are named. */
export function preflight(methods: string[]): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...openToAllOrigins,
      'Access-Control-Allow-Methods': methods.join(', '),
      'Access-Control-Allow-Headers':
        'Accept, Authorization, Cache-Control, Content-Type, If-Match, If-Modified-Since, If-None-Exist, If-None-Match, Origin, Prefer, X-Requested-With',
      'Access-Control-Max-Age': '3600',
      Allow: methods.join(', '),
    },
  });
}
