import type { FhirResource, OperationOutcome } from 'fhir/r4';
import { validateAside } from '#lib/aside/validate-aside.ts';
import { FhirError, invalid, quote } from '#lib/fhir/fhir-error.ts';
import { isError, outcomeOf, type ResourceIssue } from '#lib/fhir/validation/resource-issue.ts';
import { mediaType } from '#lib/http/accept.ts';
import { jsonTypes, readJson } from './body.ts';

/** The refusal of a resource that is not valid R4; the outcome names each invalid element. */
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
 * Reads the JSON in the body of a write request.
 * @throws FhirError 415 for another content type, 413 for a body that is too long, 400 for one that is not JSON.
 */
export async function jsonBody(request: Request, types: string[] = jsonTypes, limit?: number): Promise<unknown> {
  if (!types.includes(mediaType(request.headers.get('content-type')))) {
    throw new FhirError(415, 'not-supported', `Send the content type ${types[0]}.`);
  }
  return readJson(request, limit);
}

/** Where a resource is to be stored. */
interface StoredPlace {
  sandboxId: number;
  resourceType: string;
  id: string;
  /** Whether the body must have this id too. */
  idMatters: boolean;
}

/**
 * Checks that `body` is a resource of the type that the URL names, and gives it the id under which it is to be stored.
 * @throws FhirError 400 for another type or id than the URL names, 422 for a resource that is not valid R4.
 * @see https://hl7.org/fhir/R4/http.html#update
 */
export async function resourceToStore(
  body: unknown,
  { sandboxId, resourceType, id, idMatters }: StoredPlace,
): Promise<FhirResource> {
  const sent = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  if (typeof sent.resourceType === 'string' && sent.resourceType !== resourceType) {
    throw invalid(`The body is a ${quote(sent.resourceType)} and the URL names a ${resourceType}.`);
  }
  await requireValid(body, sandboxId);
  if (idMatters && sent.id !== id) {
    throw invalid(`The id in the body, ${quote(String(sent.id ?? ''))}, is not that of the URL, ${quote(id)}.`);
  }
  return { ...(body as FhirResource), id };
}

/** Refuses a resource that is not valid R4. @throws FhirError 422 that names every invalid element. */
async function requireValid(body: unknown, sandboxId: number): Promise<void> {
  const issues = (await validateAside(body, `sandbox ${sandboxId}`)).filter(isError);
  if (issues.length > 0) throw new InvalidResource(issues);
}
