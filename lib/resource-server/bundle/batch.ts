import { noteRequest } from '#lib/data/touched.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { inTurns } from '#lib/work/in-turns.ts';
import { isWriting } from '../changes/read-change.ts';
import { answerFailure } from '../request/failure-of.ts';
import { AnswerLength, requireClient } from './answer-length.ts';
import type { BundleContext } from './bundle-context.ts';
import { type Entry, readEntry } from './bundle-entry.ts';
import { entryOfAnswer } from './entry-answer.ts';
import { requestOf } from './entry-request.ts';

/**
 * Answers each entry by itself, one after another, as if it had been sent alone, until the answer is as long as one may
 * be: entries that read are refused then. The entries of the answer are JSON text.
 * @throws FhirError 503 when the client has gone
 * @see https://hl7.org/fhir/R4/http.html#brules
 */
export async function answerBatch(context: BundleContext, sent: unknown[]): Promise<string[]> {
  const base = fhirBaseOf(context.caller.sandbox.slug);
  const names = new Set(sent.flatMap((entry) => urnOf(entry) ?? []));
  const length = new AnswerLength();
  const texts: string[] = [];
  for await (const [index, one] of inTurns(sent.entries())) {
    requireClient();
    const answer = async () => answerEntry(context, readEntry(one, index, base), names, length);
    const answered = await answer().catch((thrown) => answerFailure(thrown, context.caller));
    noteRequest({ worst: answered.status });
    texts.push(length.add(await entryOfAnswer(answered)));
  }
  return texts;
}

async function answerEntry(
  { caller, perform, prefer }: BundleContext,
  entry: Entry,
  names: ReadonlySet<string>,
  length: AnswerLength,
): Promise<Response> {
  if (entry.interaction.kind === 'bundle') throw new FhirError(400, 'not-supported', 'A batch holds no other batch.');
  if (refersTo(entry.resource, names)) {
    throw new FhirError(400, 'business-rule', 'Entries of a batch cannot refer to one another: send a transaction.');
  }
  if (!isWriting(entry.interaction)) length.requireRoom();
  // What was written is told even then, but not shown.
  const answer = await perform(requestOf(entry, length.isFull ? null : prefer), caller, entry.interaction);
  return entry.method === 'HEAD' ? new Response(null, answer) : answer;
}

function urnOf(entry: unknown): string | undefined {
  const { fullUrl } = (entry ?? {}) as { fullUrl?: unknown };
  return typeof fullUrl === 'string' && fullUrl.startsWith('urn:') ? fullUrl : undefined;
}

/** Tells whether `value` refers to one of the names. Recursion is safe: the depth of the Bundle was checked before. */
function refersTo(value: unknown, names: ReadonlySet<string>): boolean {
  if (names.size === 0 || typeof value !== 'object' || value === null) return false;
  const { reference } = value as { reference?: unknown };
  if (typeof reference === 'string' && names.has(reference)) return true;
  return Object.values(value).some((item) => refersTo(item, names));
}
