import { requireType } from '../read/read.ts';
import { answerText } from '../request/answer.ts';
import type { Caller } from '../request/bearer.ts';
import type { Interaction } from '../request/interaction.ts';
import { noteSearch } from '../request/note-named.ts';
import { isStrict } from '../request/prefer.ts';
import { searchParametersOf } from '../request/search-parameters.ts';
import { type SearchOptions, searchText } from './search.ts';
import { searchAllText } from './search-all.ts';
import { compartmentText } from './search-compartment.ts';

type Search = Extract<Interaction, { kind: 'search' | 'search-system' | 'search-compartment' }>;

/**
 * Answers a search of one type, of all types, or in the compartment of a patient.
 * @throws FhirError 404 for an unknown type, 403 when a type may not be searched, 400 for an invalid search.
 * @see https://hl7.org/fhir/R4/http.html#search
 */
export async function answerSearch(request: Request, caller: Caller, search: Search): Promise<Response> {
  if (search.kind === 'search') requireType(search.resourceType);
  const parameters = await searchParametersOf(request, search.inBody);
  noteSearch(caller.sandboxId, parameters, search.inBody);
  const options = { strict: isStrict(request.headers.get('prefer')) };
  return answerText(await textOf(search, caller, parameters, options));
}

function textOf(search: Search, caller: Caller, parameters: URLSearchParams, options: SearchOptions): Promise<string> {
  switch (search.kind) {
    case 'search':
      return searchText(caller, search.resourceType, parameters, options);
    case 'search-system':
      return searchAllText(caller, parameters, options);
    case 'search-compartment':
      return compartmentText(caller, search, parameters, options);
  }
}
