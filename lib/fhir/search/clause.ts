import type { SearchParameter } from '../definition/search-parameter.ts';
import { invalid, quote } from '../fhir-error.ts';
import { parseComposite, parseToken, type TokenValue } from './value.ts';
import { parseAll, parseValues, type ValueClause } from './value-clause.ts';

/** A code and the condition on its accompanying value, or on both ends of a span. */
export interface CompositeValue {
  code: TokenValue;
  value: ValueClause;
  end?: ValueClause;
}

/** One condition of a search; several clauses must all hold. */
export type SearchClause =
  | ValueClause
  | ({ parameter: SearchParameter } & (
      | { kind: 'missing'; missing: boolean }
      | { kind: 'composite'; values: CompositeValue[] }
      | { kind: 'chain'; targets: { resourceType: string; clause: SearchClause }[] }
      /** A resource of type `source` that refers to this one by `parameter` matches `clause`. */
      | { kind: 'has'; source: string; clause: SearchClause }
    ));

/**
 * Reads a search parameter's value according to its kind and modifier. `base` is this server's own URL.
 * @throws FhirError 400 for an unsupported modifier, or a value that does not parse.
 * @see https://hl7.org/fhir/R4/search.html#modifiers
 */
export function parseClause(
  parameter: SearchParameter,
  modifier: string | undefined,
  value: string,
  base?: string,
): SearchClause {
  if (value === '') throw invalid(`The search parameter ${quote(parameter.code)} has no value.`);
  if (value.includes('\0')) throw invalid(`The value of ${quote(parameter.code)} has a NUL character.`);
  if (modifier === 'missing') return { parameter, kind: 'missing', missing: parseBoolean(parameter, value) };
  const clause =
    parameter.kind === 'composite' && modifier === undefined
      ? parseComposites(parameter, value, base)
      : parseValues(parameter, modifier, value, base);
  if (!clause) throw invalid(`The modifier ${quote(`:${modifier}`)} is not supported for ${quote(parameter.code)}.`);
  return clause;
}

function parseComposites(parameter: SearchParameter, text: string, base?: string): SearchClause | undefined {
  const { composite } = parameter;
  if (!composite) return undefined;
  const compared = { ...parameter, kind: composite.kind };
  const values = parseAll(parameter, text, (one) => {
    const [first, ...rest] = parseComposite(one, composite.end ? 3 : 2) ?? [];
    const code = first === undefined ? undefined : parseToken(first);
    const [value, end] = rest.map((part) => parseValues(compared, undefined, part, base));
    return code && value && { code, value, end };
  });
  return { parameter, kind: 'composite', values };
}

function parseBoolean(parameter: SearchParameter, value: string): boolean {
  if (value !== 'true' && value !== 'false') throw invalid(`${quote(`${parameter.code}:missing`)} is true or false.`);
  return value === 'true';
}
