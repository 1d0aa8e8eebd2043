import { FhirError, invalid } from '#lib/fhir/fhir-error.ts';
import { readBody } from '#lib/http/read-body.ts';

const longestBody = 1024 * 1024;

/** @throws FhirError 413 for a body longer than a megabyte, 400 for one that is not UTF-8. */
export async function readText(request: Request): Promise<string> {
  const body = await readBody(request, longestBody);
  if (!body) throw new FhirError(413, 'too-long', `The request body is longer than ${longestBody} bytes.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw invalid('The request body is not UTF-8.');
  }
}

/** @throws FhirError 400 for a body that is not JSON. */
export async function requireJson(request: Request): Promise<void> {
  const text = await readText(request);
  try {
    JSON.parse(text);
  } catch (error) {
    throw new FhirError(400, 'structure', `The request body is not JSON: ${(error as Error).message}`);
  }
}
