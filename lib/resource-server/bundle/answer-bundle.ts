import { noteRequest } from '#lib/data/touched.ts';
import { answerText } from '../request/answer.ts';
import type { Caller } from '../request/bearer.ts';
import { jsonTypes } from '../request/body.ts';
import { jsonBody } from '../request/resource-body.ts';
import { answerBatch } from './batch.ts';
import type { Perform } from './bundle-context.ts';
import { readBundle } from './bundle-entry.ts';
import { answerTransaction } from './transaction.ts';

/** As many values as JSON may have at all. */
const maxValues = 2_000_000;

/**
 * Answers a Bundle that was posted to the base: a batch, in which each entry succeeds or fails by itself, or a
 * transaction, in which all entries succeed or none.
 * @throws FhirError 4xx for any other resource, any other type of Bundle, and a transaction in which an entry fails.
 * @see https://hl7.org/fhir/R4/http.html#transaction
 */
export async function answerBundle(request: Request, caller: Caller, perform: Perform): Promise<Response> {
  const { type, entries } = readBundle(await jsonBody(request, jsonTypes, maxValues));
  noteRequest({ bundle: type });
  const prefer = request.headers.get('prefer');
  const answer = type === 'batch' ? answerBatch : answerTransaction;
  const texts = await answer({ caller, perform, prefer }, entries);
  const head = `{"resourceType":"Bundle","type":"${type}-response"`;
  return answerText(texts.length > 0 ? `${head},"entry":[${texts.join(',')}]}` : `${head}}`);
}
