import { invalid, quote } from './fhir-error.ts';
import { parseClause, type SearchClause } from './search-clause.ts';
import { type SearchParameter, supportedParameters } from './search-parameter.ts';

/** `subject:Patient.name:exact`: a parameter, its modifier, and what follows the first dot. */
const form = /^(?<code>[^:.]+)(?::(?<modifier>[^.]*))?(?:\.(?<chained>.+))?$/s;

/** Longer chains cost more than they tell. */
const longestChain = 3;

/** How a search parameter is read: `base` is this server's own URL; granular scopes allow no chains. */
export interface ClauseReading {
  base?: string;
  chains?: boolean;
}

/**
 * Reads one `name=value` of a search on `resourceType`; undefined when this server has no such search parameter.
 * @throws FhirError 400 for a modifier or a value that cannot be used.
 * @see https://hl7.org/fhir/R4/search.html#chaining
 */
export function readClause(
  resourceType: string,
  name: string,
  value: string,
  { base, chains = true }: ClauseReading = {},
  depth = 0,
): SearchClause | undefined {
  const { code = '', modifier, chained } = form.exec(name)?.groups ?? {};
  const parameter = supportedParameters(resourceType).get(code);
  if (!parameter) return undefined;
  if (chained === undefined) return parseClause(parameter, modifier, value, base);
  if (!chains || parameter.kind !== 'reference') return undefined;
  if (depth === longestChain) throw invalid(`The chain in ${quote(name)} is longer than ${longestChain} references.`);
  const targets = targetTypes(parameter, modifier).flatMap((target) => {
    const clause = readClause(target, chained, value, { base }, depth + 1);
    return clause ? [{ resourceType: target, clause }] : [];
  });
  return targets.length > 0 ? { parameter, kind: 'chain', targets } : undefined;
}

function targetTypes({ code, targets }: SearchParameter, modifier: string | undefined): string[] {
  if (modifier === undefined) return targets;
  if (!targets.includes(modifier)) throw invalid(`${quote(code)} does not point to ${quote(modifier)}.`);
  return [modifier];
}

/** How many values a clause compares with: the measure of what it costs. */
export function countValues(clause: SearchClause): number {
  if (clause.kind === 'missing') return 1;
  if (clause.kind === 'chain') return clause.targets.reduce((sum, target) => sum + countValues(target.clause), 0);
  return clause.values.length;
}
