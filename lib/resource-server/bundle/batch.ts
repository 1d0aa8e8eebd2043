import { fhirBaseOf } from '#lib/env.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { answerError } from '../answer.ts';
import type { BundleContext } from './bundle-context.ts';
import { readEntry } from './bundle-entry.ts';
import { entryOfAnswer } from './entry-answer.ts';
import { requestOf } from './entry-request.ts';

/**
 * Answers each entry by itself, one after another, as if it had been sent alone; the entries of the answer are JSON text.
 * @see https://hl7.org/fhir/R4/http.html#brules
 */
export async function answerBatch(context: BundleContext, entries: unknown[]): Promise<string[]> {
  const texts: string[] = [];
  for (const [index, sent] of entries.entries()) {
    texts.push(await entryOfAnswer(await answerEntry(context, sent, index).catch(answerError)));
  }
  return texts;
}

async function answerEntry(
  { caller, perform, prefer }: BundleContext,
  sent: unknown,
  index: number,
): Promise<Response> {
  const entry = readEntry(sent, index, fhirBaseOf(caller.sandbox.slug));
  if (entry.interaction.kind === 'bundle') throw new FhirError(400, 'not-supported', 'A batch holds no other batch.');
  const request = requestOf(entry, prefer);
  const answer = await perform(request, caller, entry.interaction);
  return entry.method === 'HEAD' ? new Response(null, answer) : answer;
}
