import { issuerOf } from '#lib/env.ts';
import { mediaType } from '#lib/http/accept.ts';
import { refusal } from '../request/refusal.ts';

/** Longer addresses do not reach a server reliably. */
const maxQueryLength = 12_000;

/**
 * Redirects a posted authorization request to the same request by GET. A form on another site is posted without our
 * `SameSite=Lax` cookies; the browser sends them with the redirected request.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html#authorization-methods
 */
export function authorizeByGet(request: Request, slug: string, body: Uint8Array): Response {
  if (mediaType(request.headers.get('content-type')) !== 'application/x-www-form-urlencoded') {
    return refusal(400, 'Post the authorization request as application/x-www-form-urlencoded.');
  }
  const query = new URLSearchParams(new TextDecoder().decode(body)).toString();
  if (query.length > maxQueryLength) return refusal(400, 'The authorization request is too long.');
  const Location = `${issuerOf(slug)}/oauth/authorize?${query}`;
  return new Response(null, { status: 303, headers: { Location, 'Cache-Control': 'no-store' } });
}
