import { randomUUID } from 'node:crypto';
import type { Executor } from '#lib/data/sql.ts';
import { inTransaction } from '#lib/data/transaction.ts';
import { deleteResources, type WrittenResource, writeResources } from '#lib/data/write-resources.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { FhirError, invalid, quote } from '#lib/fhir/fhir-error.ts';
import { withLocalReferences } from '#lib/fhir/local-references.ts';
import { operationOutcome } from '#lib/fhir/operation-outcome.ts';
import { isId } from '#lib/fhir/reference.ts';
import { answerResource, answerText } from './answer.ts';
import type { Caller } from './bearer.ts';
import { requireReach, requireType } from './read.ts';
import { jsonBody, resourceToStore } from './resource-body.ts';

/**
 * Stores a new resource under an id of the server's choice.
 * @throws FhirError 403 without the scope or for content out of reach, 4xx for a body that cannot be stored.
 * @see https://hl7.org/fhir/R4/http.html#create
 */
export async function answerCreate(request: Request, caller: Caller, resourceType: string): Promise<Response> {
  requireType(resourceType);
  requireReach(caller.permission, resourceType, 'c');
  refuseCondition(request);
  const resource = resourceToStore(await jsonBody(request), resourceType, randomUUID(), false);
  return answerWritten(request, caller, await write(caller, { resource, verb: 'c' }));
}

/**
 * Stores a new version of a resource, or the first under an id that the client chose.
 * @throws FhirError as `answerCreate`, 404 for a resource out of reach, 412 when If-Match names another version.
 * @see https://hl7.org/fhir/R4/http.html#update
 */
export async function answerUpdate(request: Request, caller: Caller, type: string, id: string): Promise<Response> {
  requireType(type);
  requireReach(caller.permission, type, 'u');
  if (!isId(id)) throw invalid(`${quote(id)} is no id: expected 1 to 64 letters, digits, "-" and ".".`);
  const ifMatch = ifMatchOf(request);
  const resource = resourceToStore(await jsonBody(request), type, id, true);
  const written = await write(caller, { resource, verb: 'u', ...(ifMatch === undefined ? {} : { ifMatch }) });
  return answerWritten(request, caller, written);
}

/**
 * Deletes a resource; its versions stay in the history.
 * @throws FhirError 403 without the scope, 404 for a resource that is not there or out of reach, 412 as for an update.
 * @see https://hl7.org/fhir/R4/http.html#delete
 */
export async function answerDelete(request: Request, caller: Caller, type: string, id: string): Promise<Response> {
  requireType(type);
  requireReach(caller.permission, type, 'd');
  if (!isId(id)) throw new FhirError(404, 'not-found', `There is no ${type} with the id ${quote(id)}.`);
  const ifMatch = ifMatchOf(request);
  const deletion = { resourceType: type, id, ...(ifMatch === undefined ? {} : { ifMatch }) };
  await inTransaction((executor) => deleteResources(writerOf(caller, executor), [deletion]));
  if (preferredReturn(request) !== 'OperationOutcome') return new Response(null, { status: 204, headers: notKept });
  return answerResource(operationOutcome('information', 'informational', `${type}/${id} is deleted.`));
}

/** A condition that is not looked at must not be passed over: the resource might be there already. */
function refuseCondition(request: Request): void {
  if (!request.headers.has('if-none-exist')) return;
  throw new FhirError(400, 'not-supported', 'If-None-Exist is not supported: search first, and create without it.');
}

const notKept = { 'Cache-Control': 'no-store' };

function writerOf({ sandbox, permission }: Caller, executor: Executor) {
  return { executor, sandboxId: sandbox.id, permission, now: new Date() };
}

async function write(caller: Caller, one: Parameters<typeof writeResources>[1][number]): Promise<WrittenResource> {
  const resource = withLocalReferences(one.resource, fhirBaseOf(caller.sandbox.slug));
  const [written] = await inTransaction((executor) =>
    writeResources(writerOf(caller, executor), [{ ...one, resource }]),
  );
  if (!written) throw new Error('A write came back with nothing.');
  return written;
}

function answerWritten(request: Request, { sandbox }: Caller, written: WrittenResource): Response {
  const { resourceType, id, versionId, lastUpdated, created, content } = written;
  const status = created ? 201 : 200;
  const headers = {
    ETag: `W/"${versionId}"`,
    'Last-Modified': lastUpdated.toUTCString(),
    Location: `${fhirBaseOf(sandbox.slug)}/${resourceType}/${id}/_history/${versionId}`,
  };
  const wanted = preferredReturn(request);
  if (wanted === 'minimal') return new Response(null, { status, headers: { ...notKept, ...headers } });
  if (wanted !== 'OperationOutcome') return answerText(content, headers, status);
  const told = `${resourceType}/${id} is stored as version ${versionId}.`;
  return answerResource(operationOutcome('information', 'informational', told), headers, status);
}

/** @see https://hl7.org/fhir/R4/http.html#ops */
function preferredReturn(request: Request): string | undefined {
  return /(?:^|[,;\s])return=(minimal|representation|OperationOutcome)\b/.exec(
    request.headers.get('prefer') ?? '',
  )?.[1];
}

/** The version that If-Match names. @throws FhirError 400 for what names none. */
function ifMatchOf(request: Request): string | undefined {
  const header = request.headers.get('if-match');
  if (header === null) return undefined;
  const version = /^\s*(?:W\/)?"([^"]*)"\s*$/.exec(header)?.[1];
  if (version === undefined) throw invalid(`If-Match names one version, as W/"1", not ${quote(header)}.`);
  return version;
}
