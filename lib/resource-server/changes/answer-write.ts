import type { OperationOutcome } from 'fhir/r4';
import { inTransaction } from '#lib/data/database/transaction.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { operationOutcome } from '#lib/fhir/operation-outcome.ts';
import { mediaType } from '#lib/http/accept.ts';
import { answerResource, answerText } from '../request/answer.ts';
import type { Caller } from '../request/bearer.ts';
import { jsonTypes } from '../request/body.ts';
import type { WritingInteraction } from '../request/interaction.ts';
import { jsonPatchType } from '../request/json-patch-type.ts';
import { preferredReturn } from '../request/prefer.ts';
import { jsonBody } from '../request/resource-body.ts';
import { applyChanges } from './apply-changes.ts';
import type { Changed } from './change.ts';
import { readChange } from './read-change.ts';

/**
 * Answers a request that creates, updates, patches or deletes one resource, named by its id or by a condition.
 * @throws FhirError 403 without the scope or for content out of reach, 404 for a resource out of reach, 412 when If-Match
 * names another version or several meet a condition, 4xx for a body that cannot be stored.
 * @see https://hl7.org/fhir/R4/http.html#create
 */
export async function answerWrite(
  request: Request,
  caller: Caller,
  interaction: WritingInteraction,
): Promise<Response> {
  const change = await readChange(caller, interaction, {
    query: new URL(request.url).search,
    ifMatch: request.headers.get('if-match'),
    ifNoneExist: request.headers.get('if-none-exist'),
    body: (kind) => (kind === 'patch' ? patchBody(request) : jsonBody(request)),
  });
  const { sandboxId, permission, sandbox } = caller;
  const base = fhirBaseOf(sandbox.slug);
  const [changed] = await inTransaction(() => applyChanges({ sandboxId, permission, now: new Date(), base }, [change]));
  if (!changed) throw new Error('A change came back with nothing.');
  return answerChanged(request, base, changed);
}

/**
 * Reads the JSON Patch in the body.
 * @throws FhirError 415 for a FHIRPath Patch, recognized by the content type of a resource, or any other content.
 */
function patchBody(request: Request): Promise<unknown> {
  if (jsonTypes.includes(mediaType(request.headers.get('content-type')))) {
    throw new FhirError(
      415,
      'not-supported',
      `FHIRPath Patch is not supported: send a JSON Patch as ${jsonPatchType}.`,
    );
  }
  return jsonBody(request, [jsonPatchType]);
}

const notKept = { 'Cache-Control': 'no-store' };

function answerChanged(request: Request, base: string, changed: Changed): Response {
  const { stored } = changed;
  const wanted = preferredReturn(request.headers.get('prefer'));
  const outcome = wanted === 'OperationOutcome' ? outcomeOfChange(changed) : undefined;
  if (!stored) return outcome ? answerResource(outcome) : new Response(null, { status: 204, headers: notKept });
  const status = stored.created ? 201 : 200;
  const headers = {
    ETag: `W/"${stored.versionId}"`,
    'Last-Modified': stored.lastUpdated.toUTCString(),
    Location: locationOf(base, changed),
  };
  if (outcome) return answerResource(outcome, headers, status);
  if (wanted === 'minimal' || !changed.readable) {
    return new Response(null, { status, headers: { ...notKept, ...headers } });
  }
  return answerText(stored.content, headers, status);
}

/** The URL of the version that a change created. */
export function locationOf(base: string, { resourceType, id, stored }: Changed): string {
  return `${base}/${resourceType}/${id}/_history/${stored?.versionId}`;
}

/** Describes the result of a change in words. */
export function outcomeOfChange({ kind, resourceType, id, stored }: Changed): OperationOutcome {
  const name = `${resourceType}/${id}`;
  if (kind === 'create' && stored && !stored.created) return inform(`${name} meets the condition, and stays as it is.`);
  if (stored) return inform(`${name} is stored as version ${stored.versionId}.`);
  return inform(id === undefined ? 'Nothing meets the condition.' : `${name} is deleted.`);
}

function inform(diagnostics: string): OperationOutcome {
  return operationOutcome('information', 'informational', diagnostics);
}
