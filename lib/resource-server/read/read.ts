import { readCurrent, type StoredResource } from '#lib/data/resource/resources.ts';
import { auditEventType } from '#lib/fhir/audit/record.ts';
import { isResourceType } from '#lib/fhir/definition/definitions.ts';
import { FhirError, quote } from '#lib/fhir/fhir-error.ts';
import { isId } from '#lib/fhir/reference/reference.ts';
import { missingScope, type Permission, reachOf } from '#lib/smart/permission/permission.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import type { Verb } from '#lib/smart/scope/scope.ts';
import { insufficientScope } from '../request/bearer.ts';

/** Refuses a resource type that R4 does not define. @throws FhirError 404 */
export function requireType(resourceType: string): void {
  if (isResourceType(resourceType)) return;
  throw new FhirError(404, 'not-found', `FHIR R4 has no resource type ${quote(resourceType)}.`);
}

/**
 * Refuses a caller who may not do `verb` on any resource of the type.
 * @throws FhirError 403 that names the missing scope.
 */
export function requireReach(permission: Permission, resourceType: string, verb: Verb): void {
  if (reachOf(permission, resourceType, verb).length > 0) return;
  if (resourceType === auditEventType) throw auditClosed();
  throw insufficientScope(missingScope(permission, resourceType, verb));
}

/**
 * The current version of a resource, as it is stored. A resource out of reach is answered like one that does not exist,
 * so that ids cannot be guessed.
 * @throws FhirError 404 for an unknown type or id, 410 for a deleted resource, 403 when the type is out of reach.
 * @see https://hl7.org/fhir/R4/http.html#read
 */
export async function readStored(reader: Reader, resourceType: string, id: string): Promise<StoredResource> {
  requireType(resourceType);
  requireReach(reader.permission, resourceType, 'r');
  const found = isId(id) ? await readCurrent(reader, resourceType, id) : undefined;
  if (found?.deleted) throw gone(resourceType, id);
  if (found) return found;
  throw notFound(resourceType, id);
}

/** The refusal of every access to AuditEvents except by their own read and search. */
function auditClosed(): FhirError {
  const why = "AuditEvents are the server's own record: administrators read and search them, and nobody writes them.";
  return new FhirError(403, 'forbidden', why);
}

/**
 * The refusal for a resource that does not exist or is out of reach; the words are alike, so that ids cannot be
 * guessed.
 */
export function notFound(resourceType: string, id: string): FhirError {
  const why = `There is no ${resourceType} with the id ${quote(id)}, or it is not within what you may read.`;
  return new FhirError(404, 'not-found', why);
}

/** @see https://hl7.org/fhir/R4/http.html#read */
export function gone(resourceType: string, id: string): FhirError {
  return new FhirError(410, 'deleted', `${resourceType}/${id} was deleted; its history has the earlier versions.`);
}

/** The refusal for a version that was there, and that this server has not kept. */
export function sweptVersion(resourceType: string, id: string, versionId: number): FhirError {
  const why = `Version ${versionId} of ${resourceType}/${id} is kept no longer; its history has the later ones.`;
  return new FhirError(410, 'deleted', why);
}
