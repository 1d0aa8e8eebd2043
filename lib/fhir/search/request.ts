import { FhirError, invalid, quote } from '../fhir-error.ts';
import { controls, type SearchRequest } from './control.ts';
import { inclusionName } from './inclusion.ts';
import { countValues, readClause } from './name.ts';

export type { SearchRequest } from './control.ts';

const defaultCount = 100;
/** The number of values that one search may compare with, over all its parameters; more are refused. */
const maxValues = 1000;
const maxInclusions = 50;
const maxParameters = 500;

/**
 * Reads the parameters of a search. Unknown parameters are listed in `ignored`, never silently dropped.
 * @throws FhirError 400 for a value or modifier that cannot be used, or for a search that is too large.
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
    view: { elements: [] },
    applied: [],
    ignored: [],
  };
  requireFew(pairs);
  for (const [name, value] of pairs) {
    const refusal = apply(request, name, value, base);
    if (refusal) request.ignored.push(refusal);
    else request.applied.push([name, value]);
  }
  requireBounded(request);
  return request;
}

/**
 * Refuses a search with too many parameters or values before it is taken apart, which takes a while for each.
 * @throws FhirError 400
 */
export function requireFew(pairs: [string, string][]): void {
  if (pairs.length > maxParameters) {
    const why = `A search may have ${maxParameters} parameters; this one has ${pairs.length}.`;
    throw new FhirError(400, 'too-costly', why);
  }
  const values = pairs.reduce((sum, [, value]) => sum + value.split(',').length, 0);
  // Parameters that control the result compare with nothing.
  requireFewValues(values, maxValues + pairs.length);
}

function requireFewValues(values: number, allowed = maxValues): void {
  if (values <= allowed) return;
  throw new FhirError(400, 'too-costly', `A search may compare with ${maxValues} values; this one has ${values}.`);
}

/** @throws FhirError 400 for a search that would cost too much, or combines options that exclude each other. */
function requireBounded(request: SearchRequest): void {
  requireFewValues(request.clauses.reduce((sum, clause) => sum + countValues(clause), 0));
  if (request.applied.filter(([name]) => inclusionName.test(name)).length > maxInclusions) {
    throw new FhirError(400, 'too-costly', `A search may have ${maxInclusions} of _include and _revinclude.`);
  }
  if (request.view.summary === 'text' && request.inclusions.length > 0) {
    throw invalid('_summary=text cannot be asked for together with _include or _revinclude.');
  }
}

function apply(request: SearchRequest, name: string, value: string, base?: string): string | undefined {
  const control = controls.get(name);
  if (control) return control(request, value, name);
  if (controls.has(name.split(':')[0] ?? '')) throw invalid(`The modifier in ${quote(name)} is not supported.`);
  const clause = readClause(request.resourceType, name, value, { base });
  if (!clause) return `The search parameter ${quote(name)} is not supported for ${request.resourceType}.`;
  request.clauses.push(clause);
  return undefined;
}
