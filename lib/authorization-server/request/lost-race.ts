import { errors } from 'oidc-provider';
import { busyOf } from '#lib/data/database/busy.ts';
import type { Lost } from '#lib/data/token/oidc-write-parts.ts';
import type { FhirError } from '#lib/fhir/fhir-error.ts';

/** The refusal of a request that came just after another one with the same code, refresh token or assertion. */
export function lostRace(answer: Response, lost: Exclude<Lost, 'launch' | 'interaction' | 'standing'>): Response {
  const error =
    lost === 'assertion'
      ? new errors.InvalidClientAuth('client assertion tokens must only be used once')
      : new errors.InvalidGrant('it was used by another request just now');
  return replaced(answer, error.statusCode, { error: error.error, error_description: error.error_detail });
}

/** The answer to a request whose writes failed: nothing that it would have handed out exists. */
export function failed(answer: Response, thrown: unknown): Response {
  const busy = busyOf(thrown);
  if (busy) return unavailable(replaced(answer, 503, bodyOf(busy)), busy);
  return replaced(answer, 500, { error: 'server_error', error_description: 'The sandbox failed. Try again.' });
}

/**
 * The answer to a request that oidc-provider answered with a failure because of trouble that passes; a redirect or a
 * page says so already.
 */
export function failedForNow(answer: Response, busy: FhirError): Response {
  if (answer.status < 500) return answer;
  const isJson = answer.headers.get('content-type')?.startsWith('application/json');
  return unavailable(isJson ? replaced(answer, 503, bodyOf(busy)) : new Response(answer.body, answer), busy);
}

/** The refusal of a request that failed before oidc-provider saw it, because of trouble that passes. */
export function refusedForNow(busy: FhirError): Response {
  return unavailable(Response.json(bodyOf(busy), { headers: { 'Cache-Control': 'no-store' } }), busy);
}

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1 */
function bodyOf({ message }: FhirError) {
  return { error: 'temporarily_unavailable', error_description: message };
}

function unavailable(answer: Response, { status, headers }: FhirError): Response {
  const all = new Headers([...answer.headers, ...Object.entries(headers)]);
  return new Response(answer.body, { status, headers: all });
}

/**
 * Replaces the status and body of `answer`; its headers let the app's page read it and forbid caching, so they stay.
 */
function replaced(answer: Response, status: number, body: object): Response {
  const headers = new Headers(answer.headers);
  for (const name of ['content-length', 'location', 'set-cookie']) headers.delete(name);
  return Response.json(body, {
    status,
    headers: new Headers([...headers].filter(([name]) => name !== 'content-type')),
  });
}
