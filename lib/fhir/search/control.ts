import type { View } from '../bundle/subset.ts';
import { FhirError, invalid, quote } from '../fhir-error.ts';
import type { SearchClause } from './clause.ts';
import { type Inclusion, readInclusion } from './inclusion.ts';
import { readSort, type SortKey } from './sort.ts';

/** A search on one resource type, as this server understood it. */
export interface SearchRequest {
  resourceType: string;
  clauses: SearchClause[];
  inclusions: Inclusion[];
  sort: SortKey[];
  /** Matches on a page; 0 asks for the total only. */
  count: number;
  /** `estimate` is exact up to a limit and omitted above it. */
  total: 'none' | 'estimate' | 'accurate';
  /** The part of each match to return. */
  view: View;
  /** Where the page starts, taken from an earlier page's link. */
  cursor?: string;
  /** Parameters that took effect, as sent. */
  applied: [name: string, value: string][];
  /** One sentence per ignored parameter, saying why it had no effect. */
  ignored: string[];
}

const maxCount = 1000;
const maxElements = 200;

/** Applies one parameter to the request; returns a sentence if it has no effect. */
type Control = (request: SearchRequest, value: string, name: string) => string | undefined;

/** Parameters that control the result rather than select resources. @see https://hl7.org/fhir/R4/search.html#return */
export const controls = new Map<string, Control>([
  ['_count', applyCount],
  ['_sort', applySort],
  ['_total', applyTotal],
  ['_summary', applySummary],
  ['_elements', applyElements],
  ['_include', applyInclusion],
  ['_include:iterate', applyInclusion],
  ['_include:recurse', applyInclusion],
  ['_revinclude', applyInclusion],
  ['_revinclude:iterate', applyInclusion],
  ['_revinclude:recurse', applyInclusion],
  ['_cursor', applyCursor],
  // Already handled by content negotiation.
  ['_format', () => undefined],
  ['_pretty', () => undefined],
]);

function applyCount(request: SearchRequest, value: string): undefined {
  if (!/^\d{1,20}$/.test(value)) throw invalid(`_count is a whole number, not ${quote(value)}.`);
  request.count = Math.min(Number(value), request.count === 0 ? 0 : maxCount);
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

function applySummary(request: SearchRequest, value: string): undefined {
  if (value === 'count') request.count = 0;
  else if (value === 'true' || value === 'text' || value === 'data') request.view.summary = value;
  else if (value !== 'false') throw invalid(`_summary is true, text, data, count or false, not ${quote(value)}.`);
}

/** Accepts `Type.element` too, as a search has only one type. */
function applyElements(request: SearchRequest, value: string): undefined {
  const elements = value.split(',').map((name) => name.replace(`${request.resourceType}.`, ''));
  const wrong = elements.find((name) => !/^\w{1,64}$/.test(name));
  if (wrong !== undefined) throw invalid(`_elements names elements, which ${quote(wrong)} is not.`);
  request.view.elements = [...new Set([...request.view.elements, ...elements])];
  if (request.view.elements.length > maxElements) {
    throw new FhirError(400, 'too-costly', `_elements may name ${maxElements} elements, far more than a type has.`);
  }
}

function applyInclusion(request: SearchRequest, value: string, name: string): string | undefined {
  const inclusions = readInclusion(request.resourceType, name, value);
  if (inclusions.length === 0) return `${name}=${quote(value)} is not supported for ${request.resourceType}.`;
  request.inclusions.push(...inclusions);
  return undefined;
}

function applyCursor(request: SearchRequest, value: string): undefined {
  request.cursor = value;
}
