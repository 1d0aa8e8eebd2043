import type { FhirResource, OperationOutcome } from 'fhir/r4';
import { FhirError, invalid, quote } from '#lib/fhir/fhir-error.ts';
import { isError, outcomeOf, type ResourceIssue } from '#lib/fhir/validation/resource-issue.ts';
import { validateResource } from '#lib/fhir/validation/validation.ts';
import { mediaType } from '#lib/http/accept.ts';
import { jsonTypes, readJson } from './body.ts';

/** A resource that breaks the rules of R4: the outcome names each element that does. */
class InvalidResource extends FhirError {
  readonly #issues: ResourceIssue[];

  constructor(issues: ResourceIssue[]) {
    super(422, 'invalid', issues.map(({ diagnostics }) => diagnostics).join('; '));
    this.#issues = issues;
  }

  override get outcome(): OperationOutcome {
    return outcomeOf(this.#issues);
  }
}

/**
 * The JSON in the body of a request that writes.
 * @throws FhirError 415 for another content type, 413 for a body that is too long, 400 for one that is not JSON.
 */
export async function jsonBody(request: Request, types: string[] = jsonTypes): Promise<unknown> {
  if (!types.includes(mediaType(request.headers.get('content-type')))) {
    throw new FhirError(415, 'not-supported', `Send the content type ${types[0]}.`);
  }
  return readJson(request);
}

/**
 * `body` as a resource of type `resourceType` to be stored under `id`.
 * @throws FhirError 400 for another type or id than the URL names, 422 for what is not valid R4.
 * @see https://hl7.org/fhir/R4/http.html#update
 */
export function resourceToStore(body: unknown, resourceType: string, id: string, idMatters: boolean): FhirResource {
  const sent = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  if (typeof sent.resourceType === 'string' && sent.resourceType !== resourceType) {
    throw invalid(`The body is a ${quote(sent.resourceType)} and the URL names a ${resourceType}.`);
  }
  requireValid(body);
  if (idMatters && sent.id !== id) {
    throw invalid(`The id in the body, ${quote(String(sent.id ?? ''))}, is not that of the URL, ${quote(id)}.`);
  }
  return { ...(body as FhirResource), id };
}

/** @throws FhirError 422 that names every element at fault. */
function requireValid(body: unknown): void {
  const issues = validateResource(body).filter(isError);
  if (issues.length > 0) throw new InvalidResource(issues);
}
