import { auditParameters } from '#lib/data/audit/condition.ts';
import { searchAudit } from '#lib/data/audit/search.ts';
import type { Sandbox } from '#lib/data/sandbox/sandboxes.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { auditEvent } from '#lib/fhir/audit/event.ts';
import { auditEventType } from '#lib/fhir/audit/record.ts';
import { FhirError, quote } from '#lib/fhir/fhir-error.ts';
import { parseSearch, type SearchRequest } from '#lib/fhir/search/request.ts';
import { bundleText } from '../search/search.ts';

const controls = ['_count', '_sort', '_total', '_summary', '_elements', '_cursor', '_format', '_pretty'];

/**
 * A page of the log as a searchset Bundle in JSON text.
 * @throws FhirError 400 for a bad search, and with `strict` for parameters that the log cannot answer.
 */
export async function auditBundle(sandbox: Sandbox, parameters: URLSearchParams, strict: boolean): Promise<string> {
  const base = fhirBaseOf(sandbox.slug);
  const request = readAuditSearch([...parameters], base);
  if (strict && request.ignored.length > 0) throw new FhirError(400, 'not-supported', request.ignored.join(' '));
  const { records, ...page } = await searchAudit(sandbox.id, request);
  const matches = records.map((record) => ({
    key: record.id,
    resourceType: auditEventType,
    id: record.id,
    content: JSON.stringify(auditEvent(record, { base, site: sandbox.slug })),
    patients: [],
  }));
  const result = { ...page, matches, included: [], includedCut: false };
  return bundleText(request, result, base, `${base}/${auditEventType}`);
}

/**
 * Reads a search of the log. Parameters that the log does not support, such as chains and inclusions, are listed as
 * ignored.
 * @throws FhirError 400 for a value that does not parse.
 */
export function readAuditSearch(pairs: [string, string][], base: string): SearchRequest {
  const known = pairs.filter(isKnown);
  const request = parseSearch(auditEventType, known, base);
  const ignored = pairs.filter((pair) => !isKnown(pair)).map(([name]) => unsupported(name));
  return { ...request, ignored: [...request.ignored, ...ignored] };
}

/**
 * Tells whether the log supports a parameter. A dot means a chain; a colon, as in `_has:Type`, may name another type.
 */
function isKnown([name, value]: [string, string]): boolean {
  if (name === '_sort') return /^-?(date|_lastUpdated)$/.test(value);
  return controls.includes(name) || (auditParameters.includes(name.split(':')[0] ?? '') && !name.includes('.'));
}

function unsupported(name: string): string {
  return `The search parameter ${quote(name)} is not supported for ${auditEventType} as it was sent.`;
}
