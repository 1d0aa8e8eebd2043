import { issuerOf } from '#lib/env.ts';
import { mediaType } from '#lib/http/accept.ts';
import { refusal } from '../request/refusal.ts';

/** Longer addresses do not reach a server reliably. */
const maxQuery = 12_000;

/**
 * Sends the browser with a posted authorization request on to the same request as an address. A form of another site
 * comes without our cookies, as `SameSite=Lax` wants it; the request that follows the redirect brings them.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html#authorization-methods
 */
export function authorizeByGet(request: Request, slug: string, body: Uint8Array): Response {
  if (mediaType(request.headers.get('content-type')) !== 'application/x-www-form-urlencoded') {
    return refusal(400, 'Post the authorization request as application/x-www-form-urlencoded.');
  }
  const query = new URLSearchParams(new TextDecoder().decode(body)).toString();
  if (query.length > maxQuery) return refusal(400, 'The authorization request is too long.');
  const Location = `${issuerOf(slug)}/oauth/authorize?${query}`;
  return new Response(null, { status: 303, headers: { Location, 'Cache-Control': 'no-store' } });
}
