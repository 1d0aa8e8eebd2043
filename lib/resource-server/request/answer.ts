import type { FhirResource } from 'fhir/r4';
import { isFhirError } from '#lib/fhir/fhir-error.ts';
import { exactText, parseExactly } from '#lib/fhir/json/exact-json.ts';
import { operationOutcome } from '#lib/fhir/operation-outcome.ts';

const fhirJson = 'application/fhir+json; charset=utf-8';

/** A FHIR answer from JSON text. What is not public is for the one who asked, and for no cache. */
export function answerText(text: string, headers: Record<string, string> = {}, status = 200): Response {
  return new Response(text, {
    status,
    headers: { 'Content-Type': fhirJson, 'Cache-Control': 'no-store', ...headers },
  });
}

export function answerResource(resource: FhirResource, headers: Record<string, string> = {}, status = 200): Response {
  return answerText(JSON.stringify(resource), headers, status);
}

/** The same answer, with its JSON on many lines, for people. */
export async function prettyPrinted(answer: Response): Promise<Response> {
  const text = await answer.text();
  if (text === '') return new Response(null, answer);
  return new Response(exactText(parseExactly(text), 2), answer);
}

/** Turns what was thrown into an OperationOutcome: expected trouble says what is wrong, a surprise only its number. */
export function answerError(thrown: unknown, headers: Record<string, string> = {}): Response {
  if (isFhirError(thrown)) return answerResource(thrown.outcome, { ...headers, ...thrown.headers }, thrown.status);
  const requestId = crypto.randomUUID();
  console.error(`The FHIR request ${requestId} failed:`, thrown);
  const outcome = operationOutcome('fatal', 'exception', `The server failed. Its log says why under ${requestId}.`);
  return answerResource(outcome, { ...headers, 'X-Request-Id': requestId }, 500);
}
