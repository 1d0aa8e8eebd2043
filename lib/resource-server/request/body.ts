import { FhirError, invalid, quote } from '#lib/fhir/fhir-error.ts';
import { ExcessiveJson, parseExactly, RepeatedMember } from '#lib/fhir/json/exact-json.ts';
import { expressionOf } from '#lib/fhir/place.ts';
import { maxBodyLength } from '#lib/http/body/max-body-length.ts';
import { readBody, tooLong } from '#lib/http/body/read-body.ts';

/** The content types of FHIR in JSON, the proper one first. */
export const jsonTypes = ['application/fhir+json', 'application/json', 'application/json+fhir', 'text/json'];

/**
 * Reads the body as text.
 * @throws FhirError 413 for a body longer than `maxLength` bytes, 400 for one that is not UTF-8.
 */
export async function readText(request: Request, maxLength = maxBodyLength.form): Promise<string> {
  const body = await readBody(request, maxLength);
  if (!body) throw new FhirError(413, 'too-long', tooLong(maxLength));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw invalid('The request body is not UTF-8.');
  }
}

/** How many values a body may have that is no Bundle of requests: twice as many as a resource, as Parameters wrap one. */
const maxValues = 100_000;

/**
 * Reads the body as JSON.
 * @param limit how many values it may have
 * @throws FhirError 413 for a body longer than ten megabytes, 422 for too many values, 400 for one that is not JSON.
 */
export async function readJson(request: Request, limit = maxValues): Promise<unknown> {
  return parseSentJson(await readText(request, maxBodyLength.fhir), 'The request body', limit);
}

/**
 * Parses JSON text that a client has sent.
 * @param what the name for the text in a refusal
 * @param limit how many values it may have
 * @throws FhirError 422 for too many values or levels, 400 for text that is not JSON, or an object with two members of the same name.
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-4
 */
export function parseSentJson(text: string, what: string, limit?: number): unknown {
  try {
    return parseExactly(text, limit);
  } catch (thrown) {
    if (thrown instanceof ExcessiveJson) throw new FhirError(422, 'too-costly', `${what} ${thrown.message}.`);
    if (thrown instanceof RepeatedMember) throw new AmbiguousJson(what, thrown);
    throw new FhirError(400, 'structure', `${what} is not JSON: ${(thrown as Error).message}`);
  }
}

/** The maximum length of the path in a message; a longer one would not help anybody. */
const maxSteps = 20;

/**
 * The refusal of JSON with two members of the same name: most parsers take the last one, some the first, so that the
 * meaning is unclear.
 */
class AmbiguousJson extends FhirError {
  constructor(what: string, { member, steps }: RepeatedMember) {
    const place = expressionOf(['$', ...steps.slice(0, maxSteps)]);
    const why = `${what} has the member ${quote(member)} twice in one object, at ${quote(place)}.`;
    super(400, 'structure', why);
  }
}
