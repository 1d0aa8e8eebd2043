import type { FhirResource } from 'fhir/r4';
import { type FhirError, isFhirError } from '#lib/fhir/fhir-error.ts';
import { operationOutcome } from '#lib/fhir/operation-outcome.ts';
import { openToAllOrigins } from '#lib/http/cors.ts';

const fhirJson = 'application/fhir+json; charset=utf-8';

/** A FHIR answer from JSON text. What is not public is for the one who asked, and for no cache. */
export function answerText(text: string, headers: Record<string, string> = {}, status = 200): Response {
  return new Response(text, {
    status,
    headers: { 'Content-Type': fhirJson, 'Cache-Control': 'no-store', ...openToAllOrigins, ...headers },
  });
}

export function answerResource(resource: FhirResource, headers: Record<string, string> = {}, status = 200): Response {
  return answerText(JSON.stringify(resource), headers, status);
}

/** Turns what was thrown into an OperationOutcome: expected trouble says what is wrong, a surprise only its number. */
export function answerError(thrown: unknown): Response {
  if (isFhirError(thrown)) return answerExpected(thrown);
  const requestId = crypto.randomUUID();
  console.error(`The FHIR request ${requestId} failed:`, thrown);
  const outcome = operationOutcome('fatal', 'exception', `The server failed. Its log says why under ${requestId}.`);
  return answerResource(outcome, { 'X-Request-Id': requestId }, 500);
}

function answerExpected({ outcome, headers, status }: FhirError): Response {
  return answerResource(outcome, headers, status);
}
