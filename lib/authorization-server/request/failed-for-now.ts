import { busyOf } from '#lib/data/database/trouble/busy.ts';
import type { FhirError } from '#lib/fhir/fhir-error.ts';
import { openToAllOrigins } from '#lib/http/cors.ts';
import { troublePageFor, troublePageHeaders, wantsPage } from '#lib/http/page/trouble-page.ts';
import { replaced } from './lost-race.ts';

/**
 * The answer to a request that failed because of trouble that passes: a page for browsers, JSON for everybody else. It
 * says nothing of anybody, so that scripts of every origin may read it.
 */
export function refusedForNow(request: Request, busy: FhirError): Response {
  if (!wantsPage((name) => request.headers.get(name))) {
    return unavailable(
      Response.json(bodyOf(busy), { headers: { ...openToAllOrigins, 'Cache-Control': 'no-store' } }),
      busy,
    );
  }
  return unavailable(new Response(troublePageFor(request), { headers: troublePageHeaders }), busy);
}

/** The answer to a request whose writes failed: nothing that it would have handed out exists. */
export function failed(request: Request, answer: Response, thrown: unknown): Response {
  const busy = busyOf(thrown);
  if (busy) return failedForNow(request, answer, busy);
  return replaced(answer, 500, { error: 'server_error', error_description: 'The sandbox failed. Try again.' });
}

/**
 * The answer to a request that oidc-provider has answered, but not as it should, because of trouble that passes. Its
 * headers let the app's page read it, so they stay, but for cookies.
 */
export function failedForNow(request: Request, answer: Response, busy: FhirError): Response {
  if (wantsPage((name) => request.headers.get(name))) return refusedForNow(request, busy);
  return unavailable(replaced(answer, 503, bodyOf(busy)), busy);
}

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1 */
function bodyOf({ message }: FhirError) {
  return { error: 'temporarily_unavailable', error_description: message };
}

function unavailable(answer: Response, { status, headers }: FhirError): Response {
  const all = new Headers([...answer.headers, ...Object.entries(headers)]);
  return new Response(answer.body, { status, headers: all });
}
