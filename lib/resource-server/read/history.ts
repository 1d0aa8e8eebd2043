import type { BundleLink } from 'fhir/r4';
import { isSwept } from '#lib/data/resource/former-versions.ts';
import { findHistory, type HistoricVersion } from '#lib/data/resource/history.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { historyText } from '#lib/fhir/bundle/history-bundle.ts';
import { resourceTypes } from '#lib/fhir/definition/resource-types.ts';
import { FhirError, invalid, quote } from '#lib/fhir/fhir-error.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { isId } from '#lib/fhir/reference/reference.ts';
import { parseDate } from '#lib/fhir/search/value.ts';
import { missingScope, type Permission, reachOf } from '#lib/smart/permission/permission.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { type Caller, insufficientScope } from '../request/bearer.ts';
import { searchParametersOf } from '../request/search-parameters.ts';
import { gone, notFound, requireReach, requireType, sweptVersion } from './read.ts';

/**
 * Reads one version of a resource, current or superseded.
 * @throws FhirError 404 for a version that does not exist or is out of reach, 410 for a version that is the deletion, or
 * that is kept no longer.
 * @see https://hl7.org/fhir/R4/http.html#vread
 */
export async function readVersion(
  reader: Reader,
  resourceType: string,
  id: string,
  version: string,
): Promise<HistoricVersion> {
  requireType(resourceType);
  requireReach(reader.permission, resourceType, 'r');
  const versionId = /^[1-9]\d{0,8}$/.test(version) ? Number(version) : 0;
  const wanted = { resourceTypes: [resourceType], id, versionId, count: 1 };
  const [found] = isId(id) ? (await findHistory(reader, wanted)).versions : [];
  if (!found && isId(id) && (await isSwept(reader, resourceType, id, versionId))) {
    throw sweptVersion(resourceType, id, versionId);
  }
  if (!found) throw notFound(resourceType, `${id}/_history/${version}`);
  if (found.deleted) throw gone(resourceType, id);
  return found;
}

/**
 * The versions of a resource, of a type or of the whole sandbox, newest first, as a Bundle in JSON text.
 * @throws FhirError 403 when none of the types may be read, 404 for a resource without any version within reach.
 * @see https://hl7.org/fhir/R4/http.html#history
 */
export async function historyOf(
  request: Request,
  caller: Caller,
  { resourceType, id }: { resourceType?: string; id?: string },
): Promise<string> {
  const types = readableTypes(caller.permission, resourceType);
  const parameters = await searchParametersOf(request, false);
  const wanted = withoutUndefined({ resourceTypes: types, id, ...pageWanted(parameters) });
  if (resourceType && id !== undefined && !isId(id)) throw notFound(resourceType, id);
  const { versions, next } = await findHistory(caller, wanted);
  const whole = !wanted.since && !wanted.cursor;
  if (resourceType && id && whole && versions.length === 0) throw notFound(resourceType, id);
  const base = fhirBaseOf(caller.sandbox.slug);
  const url = [base, resourceType, id, '_history'].filter(Boolean).join('/');
  const link = linksOf(url, parameters, next);
  return historyText(base, link, versions, whole && next === undefined ? versions.length : undefined);
}

function readableTypes(permission: Permission, resourceType: string | undefined): string[] {
  if (resourceType !== undefined) {
    requireType(resourceType);
    requireReach(permission, resourceType, 'r');
    return [resourceType];
  }
  const types = resourceTypes().filter((type) => reachOf(permission, type, 'r').length > 0);
  if (types.length === 0) throw insufficientScope(missingScope(permission, '*', 'r'));
  return types;
}

const maxCount = 1000;

function pageWanted(parameters: URLSearchParams): { count: number; since?: Date; cursor?: string } {
  const count = parameters.get('_count') ?? '100';
  if (!/^\d{1,20}$/.test(count) || Number(count) === 0) {
    throw invalid(`_count is a whole number above 0, not ${quote(count)}.`);
  }
  const since = parameters.get('_since');
  const cursor = parameters.get('_cursor');
  return withoutUndefined({
    count: Math.min(Number(count), maxCount),
    since: since === null ? undefined : momentOf(since),
    cursor: cursor ?? undefined,
  });
}

function momentOf(since: string): Date {
  // Two tests in a line: one with .* between would go through a long text once for each T.
  const parsed = since.includes('T') && /(Z|[+-]\d\d:\d\d)$/.test(since) ? parseDate(since) : undefined;
  if (!parsed) throw new FhirError(400, 'invalid', `_since is an instant with a time zone, not ${quote(since)}.`);
  return new Date(since);
}

function linksOf(url: string, parameters: URLSearchParams, next: string | undefined): BundleLink[] {
  const self = { relation: 'self', url: addressOf(url, parameters) };
  return next === undefined ? [self] : [self, { relation: 'next', url: addressOf(url, parameters, next) }];
}

function addressOf(url: string, parameters: URLSearchParams, cursor?: string): string {
  const kept = new URLSearchParams([...parameters].filter(([name]) => ['_count', '_since'].includes(name)));
  const own = cursor ?? parameters.get('_cursor');
  if (own) kept.set('_cursor', own);
  return kept.size > 0 ? `${url}?${kept}` : url;
}
