import { searchRecord } from '#lib/data/search/types.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { invalid } from '#lib/fhir/fhir-error.ts';
import { readStored } from '../read/read.ts';
import { answerText } from '../request/answer.ts';
import type { Caller, Searcher } from '../request/bearer.ts';
import { noteSearch } from '../request/note-named.ts';
import type { Operation } from '../request/operation.ts';
import { isStrict } from '../request/prefer.ts';
import { searchParametersOf } from '../request/search-parameters.ts';
import { readSearches } from '../search/read-searches.ts';
import { bundleText, type SearchOptions } from '../search/search.ts';

/** `Patient/[id]/$everything`: the record of a patient. @see https://hl7.org/fhir/R4/patient-operation-everything.html */
export const everything: Operation = {
  name: 'everything',
  definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything',
  resourceTypes: ['Patient'],
  levels: { instance: { methods: ['GET'], answer: answerEverything } },
  inTransactions: true,
};

async function answerEverything(request: Request, caller: Caller, { id }: { id: string }): Promise<Response> {
  const parameters = await searchParametersOf(request, false);
  noteSearch(caller.sandboxId, parameters, false);
  const options = { strict: isStrict(request.headers.get('prefer')) };
  return answerText(await everythingText(caller, id, parameters, options));
}

/**
 * The record of a patient as a Bundle in JSON text, in pages, with the parameters `_since`, `_type` and `_count`.
 * @throws FhirError like a read of the patient and like a search.
 */
export async function everythingText(
  searcher: Searcher,
  patient: string,
  parameters: URLSearchParams,
  options: SearchOptions = {},
): Promise<string> {
  await readStored(searcher, 'Patient', patient);
  const base = fhirBaseOf(searcher.sandbox.slug);
  const known = ['_since', '_type', '_count', '_cursor', '_format', '_pretty'];
  const stray = [...parameters.keys()].find((name) => !known.includes(name));
  if (stray !== undefined) throw invalid('$everything knows the parameters _since, _type and _count.');
  const pairs = [...parameters].map(([name, value]): [string, string] =>
    name === '_since' ? ['_lastUpdated', `ge${value}`] : [name, value],
  );
  const requests = readSearches(searcher.permission, new URLSearchParams(pairs), base, options);
  requests[0].applied = [...parameters];
  const result = await searchRecord(searcher, patient, requests);
  return bundleText(requests[0], result, base, `${base}/Patient/${patient}/$everything`);
}
