import { FhirError, invalid } from '#lib/fhir/fhir-error.ts';
import { readBody } from '#lib/http/read-body.ts';

/** The content types of FHIR in JSON, the proper one first. */
export const jsonTypes = ['application/fhir+json', 'application/json', 'application/json+fhir', 'text/json'];

const mebibyte = 1024 * 1024;

/** A form of search parameters is short; a resource or a Bundle of them may be long. */
const longestForm = mebibyte;
const longestJson = 10 * mebibyte;

/** @throws FhirError 413 for a body longer than `longest` bytes, 400 for one that is not UTF-8. */
export async function readText(request: Request, longest = longestForm): Promise<string> {
  const body = await readBody(request, longest);
  if (!body) throw new FhirError(413, 'too-long', `The request body is longer than ${longest} bytes.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw invalid('The request body is not UTF-8.');
  }
}

/** @throws FhirError 413 for a body longer than ten megabytes, 400 for one that is not JSON. */
export async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request, longestJson);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FhirError(400, 'structure', `The request body is not JSON: ${(error as Error).message}`);
  }
}
