import type { FhirResource } from 'fhir/r4';
import { busyOf } from '#lib/data/database/trouble/busy.ts';
import { isFhirError } from '#lib/fhir/fhir-error.ts';
import { exactText, parseExactly } from '#lib/fhir/json/exact-json.ts';
import { operationOutcome } from '#lib/fhir/operation-outcome.ts';
import { log } from '#lib/log/log.ts';
import { currentRequest } from '#lib/log/request-notes.ts';

const fhirJson = 'application/fhir+json; charset=utf-8';

/** A FHIR answer with JSON text as its body. It is not to be cached, as it depends on the caller's permission. */
export function answerText(text: string, headers: Record<string, string> = {}, status = 200): Response {
  return new Response(text, {
    status,
    headers: { 'Content-Type': fhirJson, 'Cache-Control': 'no-store', ...headers },
  });
}

export function answerResource(resource: FhirResource, headers: Record<string, string> = {}, status = 200): Response {
  return answerText(JSON.stringify(resource), headers, status);
}

/** Longer answers are for no person to read, and would have to be parsed at once. */
const maxPrettyLength = 4 * 1024 * 1024;

/** Indents the JSON of `answer` for people to read, unless it is too long for that. */
export async function prettyPrinted(answer: Response): Promise<Response> {
  const text = await answer.text();
  if (text === '') return new Response(null, answer);
  if (text.length > maxPrettyLength) return new Response(text, answer);
  return new Response(exactText(parseExactly(text), 2), answer);
}

/**
 * Converts anything thrown to an OperationOutcome: a refusal states its reason, trouble that passes is 503, and an
 * unexpected error tells only the id under which it was logged.
 */
export function answerError(thrown: unknown, headers: Record<string, string> = {}): Response {
  const refused = isFhirError(thrown) ? thrown : busyOf(thrown);
  if (refused) return answerResource(refused.outcome, { ...headers, ...refused.headers }, refused.status);
  const requestId = currentRequest()?.id ?? crypto.randomUUID();
  log.error('A FHIR request failed.', { requestId, error: thrown });
  const outcome = operationOutcome('fatal', 'exception', `The server failed. Its log says why under ${requestId}.`);
  return answerResource(outcome, { ...headers, 'X-Request-Id': requestId }, 500);
}
