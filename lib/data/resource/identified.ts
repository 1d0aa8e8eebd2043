import { createHash } from 'node:crypto';
import type { Resource } from 'fhir/r4';
import { isResourceType, loadDefinitions } from '#lib/fhir/definition/definitions.ts';
import { FhirError, invalid, quote } from '#lib/fhir/fhir-error.ts';
import { patientsOf } from '#lib/fhir/index/patient-compartment.ts';
import type { IndexRow } from '#lib/fhir/index/rows.ts';
import { indexRowsIn } from '#lib/fhir/index/values.ts';
import { exactText } from '#lib/fhir/json/exact-json.ts';
import { isId } from '#lib/fhir/reference/reference.ts';
import { eachInTurns, inTurns } from '#lib/work/in-turns.ts';

/** A resource that has its type and id, ready to be stored. */
export interface IdentifiedResource {
  name: string;
  resource: Resource & { id: string };
  digest: string;
  /** As JSON, without version and time. */
  text: string;
  /** Its index rows, when they were worked out beforehand. */
  rows?: IndexRow[];
}

/** A new version of a resource as the tables store it. */
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

/** NUL in JSON text, and not a backslash that happens to stand before `u0000`. */
const hasNul = /(?<!\\)(?:\\\\)*\\u0000/;

/**
 * Checks type and id of a resource.
 * @throws FhirError 400 for an unknown type, an invalid id, or text that PostgreSQL cannot store.
 */
export function identify(resource: Resource): IdentifiedResource {
  const { resourceType, id } = resource;
  if (typeof resourceType !== 'string' || !isResourceType(resourceType)) {
    throw invalid(`Unknown resource type ${quote(String(resourceType))}.`);
  }
  if (!isId(id)) {
    throw invalid(`${resourceType}.id ${quote(String(id))}: expected 1 to 64 letters, digits, "-" and ".".`);
  }
  const text = exactText(withoutStamp(resource));
  if (hasNul.test(text)) throw invalid(`${resourceType}/${id} has a text with a NUL character.`);
  return {
    name: `${resourceType}/${id}`,
    resource: { ...resource, id },
    digest: createHash('sha256').update(text).digest('base64url'),
    text,
  };
}

/** The most index rows that a resource may have. */
const maxIndexRows = 20_000;

/**
 * The index rows with which a resource is stored, worked out in turns with other requests.
 * @throws FhirError 422 for a resource that can be found by too many values, as soon as there are too many.
 */
export async function indexRowsOf(resource: Resource): Promise<IndexRow[]> {
  const rows: IndexRow[] = [];
  await eachInTurns(indexRowsIn(resource), (found) => {
    for (const row of found) rows.push(row);
    if (rows.length > maxIndexRows) throw tooManyRows(resource);
  });
  return rows;
}

function tooManyRows({ resourceType, id }: Resource): FhirError {
  const what = `can be found by more than ${maxIndexRows} values of its search parameters`;
  return new FhirError(422, 'too-costly', `${resourceType}/${id} ${what}, which is the limit.`);
}

/**
 * Checks resources as `identify` does and works out their index rows, in turns with other requests. Best before the
 * transaction that stores them.
 */
export async function identifyAll(resources: readonly Resource[]): Promise<IdentifiedResource[]> {
  loadDefinitions();
  const identified: IdentifiedResource[] = [];
  for await (const resource of inTurns(resources)) {
    identified.push({ ...identify(resource), rows: await indexRowsOf(resource) });
  }
  return identified;
}

/**
 * The version that follows `current`, with its index rows.
 * @throws FhirError 422 for a resource that can be found by too many values
 */
export async function nextVersion(
  { resource, digest, text, rows: prepared }: IdentifiedResource,
  current: number,
  now: Date,
): Promise<ResourceVersion> {
  const rows = prepared ?? (await indexRowsOf(resource));
  const versionId = current + 1;
  const lastUpdated = now.toISOString();
  return {
    resourceType: resource.resourceType,
    id: resource.id,
    versionId,
    lastUpdated,
    digest,
    content: stamped(text, resource, { versionId: String(versionId), lastUpdated }),
    patients: patientsOf(resource, rows),
    rows,
  };
}

/** Removes version and time from meta, which only the server sets, and puts type, id and meta first. */
function withoutStamp(resource: Resource): Resource {
  const { resourceType, id, meta, ...elements } = resource;
  const { versionId: _sentVersion, lastUpdated: _sentTime, ...kept } = meta ?? {};
  return { resourceType, id, meta: kept, ...elements } as Resource;
}

/** The JSON text of a resource, with version and time inserted at the beginning of meta. */
function stamped(
  text: string,
  { resourceType, id }: Resource,
  stamp: { versionId: string; lastUpdated: string },
): string {
  const beforeMeta = JSON.stringify({ resourceType, id }).length - 1;
  const at = beforeMeta + ',"meta":{'.length;
  const rest = text.slice(at);
  return `${text.slice(0, at)}${JSON.stringify(stamp).slice(1, -1)}${rest.startsWith('}') ? '' : ','}${rest}`;
}
