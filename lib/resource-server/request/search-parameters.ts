import { FhirError, invalid } from '#lib/fhir/fhir-error.ts';
import { mediaType } from '#lib/http/accept.ts';
import { queryPairs } from '#lib/http/query-pairs.ts';
import { readText } from './body.ts';

/**
 * The parameters of a search: those in the URL and, for a POST, those in the form in the body too.
 * @throws FhirError 400 for bad encoding, 415 for another content type, 413 for a body that is too long.
 * @see https://hl7.org/fhir/R4/http.html#search
 */
export async function searchParametersOf(request: Request, inBody: boolean): Promise<URLSearchParams> {
  const parameters = decoded(new URL(request.url).search);
  if (!inBody) return parameters;
  const type = mediaType(request.headers.get('content-type'));
  const text = await readText(request);
  if (text === '') return parameters;
  if (type !== 'application/x-www-form-urlencoded') {
    throw new FhirError(
      415,
      'not-supported',
      'A search by POST has the content type application/x-www-form-urlencoded.',
    );
  }
  return new URLSearchParams([...parameters, ...decoded(text)]);
}

function decoded(text: string): URLSearchParams {
  const parameters = queryPairs(text);
  if (!parameters) throw invalid('The search parameters are not properly percent-encoded.');
  return parameters;
}
