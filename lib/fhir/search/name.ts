import { type SearchParameter, supportedParameters } from '../definition/search-parameter.ts';
import { invalid, quote } from '../fhir-error.ts';
import { parseClause, type SearchClause } from './clause.ts';

/** `subject:Patient.name:exact`: a parameter, its modifier, and the chained remainder after the first dot. */
const form = /^(?<code>[^:.]+)(?::(?<modifier>[^.]*))?(?:\.(?<chained>.+))?$/s;

/** Longest accepted chain; longer ones cost more than they are worth. */
const maxChain = 3;

/**
 * How to read a search parameter: `base` is this server's own URL; `chains` is false in granular scopes, which allow
 * none.
 */
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
  reading: ClauseReading = {},
  depth = 0,
): SearchClause | undefined {
  if (name.startsWith('_has:')) return readHas(resourceType, name, value, reading, depth);
  const { code = '', modifier, chained } = form.exec(name)?.groups ?? {};
  const parameter = supportedParameters(resourceType).get(code);
  if (!parameter) return undefined;
  if (chained === undefined) return parseClause(parameter, modifier, value, reading.base);
  if (reading.chains === false || parameter.kind !== 'reference') return undefined;
  requireDepth(name, depth);
  const targets = targetTypes(parameter, modifier).flatMap((target) => {
    const clause = readClause(target, chained, value, reading, depth + 1);
    return clause ? [{ resourceType: target, clause }] : [];
  });
  return targets.length > 0 ? { parameter, kind: 'chain', targets } : undefined;
}

/** `_has:Observation:patient:code`: the type and its reference, then a parameter of that type. */
const hasForm = /^_has:(?<source>[^:.]+):(?<code>[^:.]+):(?<rest>.+)$/s;

/** @see https://hl7.org/fhir/R4/search.html#has */
function readHas(
  resourceType: string,
  name: string,
  value: string,
  reading: ClauseReading,
  depth: number,
): SearchClause | undefined {
  const { source = '', code = '', rest = '' } = hasForm.exec(name)?.groups ?? {};
  const parameter = supportedParameters(source).get(code);
  if (reading.chains === false) return undefined;
  if (parameter?.kind !== 'reference' || !parameter.targets.includes(resourceType)) return undefined;
  requireDepth(name, depth);
  const clause = readClause(source, rest, value, reading, depth + 1);
  return clause && { parameter, kind: 'has', source, clause };
}

function requireDepth(name: string, depth: number): void {
  if (depth === maxChain) throw invalid(`The chain in ${quote(name)} is longer than ${maxChain} references.`);
}

function targetTypes({ code, targets }: SearchParameter, modifier: string | undefined): string[] {
  if (modifier === undefined) return targets;
  if (!targets.includes(modifier)) throw invalid(`${quote(code)} does not point to ${quote(modifier)}.`);
  return [modifier];
}

/** Number of values a clause compares with, as a measure of its cost. */
export function countValues(clause: SearchClause): number {
  if (clause.kind === 'missing') return 1;
  if (clause.kind === 'chain') return clause.targets.reduce((sum, target) => sum + countValues(target.clause), 0);
  if (clause.kind === 'has') return countValues(clause.clause);
  return clause.values.length;
}
