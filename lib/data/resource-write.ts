import { createHash } from 'node:crypto';
import type { Resource } from 'fhir/r4';
import { isResourceType } from '#lib/fhir/definitions.ts';
import { FhirError, invalid, quote } from '#lib/fhir/fhir-error.ts';
import type { IndexRow } from '#lib/fhir/index-rows.ts';
import { indexValuesOf } from '#lib/fhir/index-values.ts';
import { patientsOf } from '#lib/fhir/patient-compartment.ts';
import { isId } from '#lib/fhir/reference.ts';

/** A resource that has its type and id, ready to be stored. */
export interface IdentifiedResource {
  name: string;
  resource: Resource & { id: string };
  digest: string;
  /** What it can be found by, where that was worked out beforehand. */
  rows?: IndexRow[];
}

/** A new version of a resource as it goes into the tables. */
export interface ResourceVersion {
  resourceType: string;
  id: string;
  versionId: number;
  lastUpdated: string;
  digest: string;
  content: string;
  patients: string[];
  rows: IndexRow[];
}

/** @throws FhirError 400 for an unknown type, an id of a wrong form, or a text that PostgreSQL cannot hold. */
export function identify(resource: Resource): IdentifiedResource {
  const { resourceType, id } = resource;
  if (typeof resourceType !== 'string' || !isResourceType(resourceType)) {
    throw invalid(`Unknown resource type ${quote(String(resourceType))}.`);
  }
  if (!isId(id)) {
    throw invalid(`${resourceType}.id ${quote(String(id))}: expected 1 to 64 letters, digits, "-" and ".".`);
  }
  const text = JSON.stringify(withMeta(resource));
  if (text.includes('\\u0000')) throw invalid(`${resourceType}/${id} has a text with a NUL character.`);
  return {
    name: `${resourceType}/${id}`,
    resource: { ...resource, id },
    digest: createHash('sha256').update(text).digest('base64url'),
  };
}

/** The version that follows `current`, with its index rows. */
export function nextVersion(
  { resource, digest, rows = indexValuesOf(resource) }: IdentifiedResource,
  current: number,
  now: Date,
): ResourceVersion {
  const versionId = current + 1;
  const lastUpdated = now.toISOString();
  return {
    resourceType: resource.resourceType,
    id: resource.id,
    versionId,
    lastUpdated,
    digest,
    content: JSON.stringify(withMeta(resource, { versionId: String(versionId), lastUpdated })),
    patients: patientsOf(resource, rows),
    rows,
  };
}

/** Version and time of a resource are the server's to say; the rest of its meta is kept. */
function withMeta(resource: Resource, stamp: { versionId?: string; lastUpdated?: string } = {}): Resource {
  const { resourceType, id, meta, ...elements } = resource;
  const { versionId: _sentVersion, lastUpdated: _sentTime, ...kept } = meta ?? {};
  return { resourceType, id, meta: { ...stamp, ...kept }, ...elements } as Resource;
}

/** Another write of the same resource came between reading its version and writing the next. */
export function versionConflict(): FhirError {
  return new FhirError(409, 'conflict', 'Another request changed the same resource at the same time. Send it again.');
}
