import { FhirError, invalid, quote } from './fhir-error.ts';
import type { SearchClause } from './search-clause.ts';
import { type Inclusion, readInclusion } from './search-inclusion.ts';
import { countValues, readClause } from './search-name.ts';
import { readSort, type SortKey } from './search-sort.ts';

/** A search on one resource type, as this server understood it. */
export interface SearchRequest {
  resourceType: string;
  clauses: SearchClause[];
  inclusions: Inclusion[];
  sort: SortKey[];
  /** Matches on a page; 0 asks for the total only. */
  count: number;
  /** `estimate` is exact up to a limit and says nothing above it. */
  total: 'none' | 'estimate' | 'accurate';
  /** Where the page starts, as an earlier page's link said. */
  cursor?: string;
  /** The parameters that took effect, as they were sent. */
  applied: [name: string, value: string][];
  /** Why each of the others took none. */
  ignored: string[];
}

const defaultCount = 100;
const largestCount = 1000;
/** More alternatives than this, over all parameters, are refused. */
const mostValues = 1000;

/**
 * Reads the parameters of a search. What this server does not know is listed in `ignored`, never silently dropped.
 * @throws FhirError 400 for a value or a modifier that cannot be used, or for too many of them.
 * @see https://hl7.org/fhir/R4/search.html
 */
export function parseSearch(resourceType: string, pairs: [string, string][], base?: string): SearchRequest {
  const request: SearchRequest = {
    resourceType,
    clauses: [],
    inclusions: [],
    sort: [],
    count: defaultCount,
    total: 'estimate',
    applied: [],
    ignored: [],
  };
  for (const [name, value] of pairs) {
    const refusal = apply(request, name, value, base);
    if (refusal) request.ignored.push(refusal);
    else request.applied.push([name, value]);
  }
  const values = request.clauses.reduce((sum, clause) => sum + countValues(clause), 0);
  if (values > mostValues || request.inclusions.length > 50) {
    throw new FhirError(400, 'too-costly', `A search may compare with ${mostValues} values; this one has ${values}.`);
  }
  return request;
}

type Control = (request: SearchRequest, value: string, name: string) => string | undefined;

/** Parameters about the result rather than about resources. @see https://hl7.org/fhir/R4/search.html#return */
const controls = new Map<string, Control>([
  ['_count', applyCount],
  ['_sort', applySort],
  ['_total', applyTotal],
  ['_summary', applySummary],
  ['_include', applyInclusion],
  ['_revinclude', applyInclusion],
  ['_cursor', applyCursor],
  // Content negotiation has looked at it already.
  ['_format', () => undefined],
]);

function apply(request: SearchRequest, name: string, value: string, base?: string): string | undefined {
  const control = controls.get(name);
  if (control) return control(request, value, name);
  if (controls.has(name.split(':')[0] ?? '')) throw invalid(`The modifier in ${quote(name)} is not supported.`);
  const clause = readClause(request.resourceType, name, value, { base });
  if (!clause) return `The search parameter ${quote(name)} is not supported for ${request.resourceType}.`;
  request.clauses.push(clause);
  return undefined;
}

function applyCount(request: SearchRequest, value: string): undefined {
  if (!/^\d{1,20}$/.test(value)) throw invalid(`_count is a whole number, not ${quote(value)}.`);
  request.count = Math.min(Number(value), request.count === 0 ? 0 : largestCount);
}

function applySort(request: SearchRequest, value: string): string | undefined {
  const { keys, refused } = readSort(request.resourceType, value);
  request.sort.push(...keys);
  return refused.length > 0 ? `_sort by ${refused.map(quote).join(', ')} is not supported.` : undefined;
}

function applyTotal(request: SearchRequest, value: string): undefined {
  if (value !== 'none' && value !== 'estimate' && value !== 'accurate') {
    throw invalid(`_total is none, estimate or accurate, not ${quote(value)}.`);
  }
  request.total = value;
}

function applySummary(request: SearchRequest, value: string): string | undefined {
  if (value === 'count') request.count = 0;
  return value === 'count' || value === 'false' ? undefined : `_summary=${quote(value)} is not supported.`;
}

function applyInclusion(request: SearchRequest, value: string, name: string): string | undefined {
  const inclusion = readInclusion(request.resourceType, value, name === '_revinclude');
  if (!inclusion) return `${name}=${quote(value)} is not supported for ${request.resourceType}.`;
  request.inclusions.push(inclusion);
  return undefined;
}

function applyCursor(request: SearchRequest, value: string): undefined {
  request.cursor = value;
}
