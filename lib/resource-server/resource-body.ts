import type { FhirResource, OperationOutcome } from 'fhir/r4';
import { FhirError, invalid, quote } from '#lib/fhir/fhir-error.ts';
import { type ResourceIssue, validateResource } from '#lib/fhir/validation.ts';
import { mediaType } from '#lib/http/accept.ts';
import { jsonTypes, readJson } from './body.ts';

/** More issues than this help nobody. */
const mostIssues = 100;
/** Paths and diagnostics may hold what the client has sent, of any length. */
const longestText = 300;

/** A resource that breaks the rules of R4: the outcome names each element that does. */
class InvalidResource extends FhirError {
  readonly #issues: ResourceIssue[];

  constructor(issues: ResourceIssue[]) {
    super(422, 'invalid', issues.map(({ diagnostics }) => diagnostics).join('; '));
    this.#issues = issues;
  }

  override get outcome(): OperationOutcome {
    const issue = this.#issues.slice(0, mostIssues).map(({ severity, expression, diagnostics }) => ({
      severity,
      code: 'invalid' as const,
      diagnostics: expression ? `${shortened(expression)}: ${shortened(diagnostics)}` : shortened(diagnostics),
      ...(expression ? { expression: [shortened(expression)] } : {}),
    }));
    const more = this.#issues.length - issue.length;
    const left = { severity: 'error' as const, code: 'invalid' as const, diagnostics: `There are ${more} more.` };
    return { resourceType: 'OperationOutcome', issue: more > 0 ? [...issue, left] : issue };
  }
}

function shortened(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText).toWellFormed()}…` : text;
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
  const issues = validateResource(body).filter(({ severity }) => severity === 'error' || severity === 'fatal');
  if (issues.length > 0) throw new InvalidResource(issues);
}
