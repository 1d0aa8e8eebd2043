import { invalid, quote } from './fhir-error.ts';
import { isId } from './reference.ts';
import type { SearchParameter } from './search-parameter.ts';
import {
  alternatives,
  type DateValue,
  parseDate,
  parseQuantity,
  parseReferenceValue,
  parseString,
  parseToken,
  parseUri,
  type QuantityValue,
  type ReferenceValue,
  type TokenValue,
} from './search-value.ts';

type StringMatch = 'start' | 'exact' | 'part';

/** One condition of a search. Its values are alternatives; several clauses must all hold. */
export type SearchClause = { parameter: SearchParameter } & (
  | { kind: 'token'; not: boolean; values: TokenValue[] }
  | { kind: 'string'; match: StringMatch; values: string[] }
  | { kind: 'date'; values: DateValue[] }
  | { kind: 'quantity'; values: QuantityValue[] }
  | { kind: 'reference'; values: ReferenceValue[] }
  | { kind: 'missing'; missing: boolean }
  | { kind: 'chain'; targets: { resourceType: string; clause: SearchClause }[] }
);

const stringMatches = new Map<string, StringMatch>([
  ['exact', 'exact'],
  ['contains', 'part'],
]);

/**
 * Reads the value of a search parameter as its kind and modifier say. `base` is this server's own URL.
 * @throws FhirError 400 for a modifier that is not supported here, or a value that does not parse.
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
  const clause = parseKind(parameter, modifier, value, base);
  if (!clause) throw invalid(`The modifier ${quote(`:${modifier}`)} is not supported for ${quote(parameter.code)}.`);
  return clause;
}

function parseKind(
  parameter: SearchParameter,
  modifier: string | undefined,
  value: string,
  base?: string,
): SearchClause | undefined {
  const all = <T>(parse: (text: string) => T | undefined) => parseAll(parameter, value, parse);
  switch (parameter.kind) {
    case 'reference':
      return restrictType(
        parameter,
        modifier,
        all((text) => parseReferenceValue(text, base)),
      );
    case 'string':
      return stringClause(parameter, modifier, all(parseString));
    case 'token':
      return tokenClause(parameter, modifier, all(parseToken));
    default:
      return modifier === undefined ? unmodified(parameter, all) : undefined;
  }
}

function stringClause(
  parameter: SearchParameter,
  modifier: string | undefined,
  values: string[],
): SearchClause | undefined {
  const match = modifier === undefined ? 'start' : stringMatches.get(modifier);
  return match && { parameter, kind: 'string', match, values };
}

function tokenClause(
  parameter: SearchParameter,
  modifier: string | undefined,
  values: TokenValue[],
): SearchClause | undefined {
  const known = modifier === undefined || modifier === 'not';
  return known ? { parameter, kind: 'token', not: modifier === 'not', values } : undefined;
}

function unmodified(parameter: SearchParameter, all: <T>(parse: (text: string) => T | undefined) => T[]): SearchClause {
  if (parameter.kind === 'date') return { parameter, kind: 'date', values: all(parseDate) };
  if (parameter.kind === 'uri') return { parameter, kind: 'token', not: false, values: all(parseUri) };
  return { parameter, kind: 'quantity', values: all(parseQuantity) };
}

function parseAll<T>(parameter: SearchParameter, value: string, parse: (text: string) => T | undefined): T[] {
  return alternatives(value).map((text) => {
    const parsed = text === '' ? undefined : parse(text);
    if (parsed === undefined) throw invalid(`${quote(text)} is not a ${parameter.kind} for ${quote(parameter.code)}.`);
    return parsed;
  });
}

/** `subject:Patient=1` means `subject=Patient/1`. */
function restrictType(
  parameter: SearchParameter,
  modifier: string | undefined,
  values: ReferenceValue[],
): SearchClause | undefined {
  if (modifier === undefined) return { parameter, kind: 'reference', values };
  if (!parameter.targets.includes(modifier)) return undefined;
  const restricted = values.map(({ resourceType = modifier, id }) => ({ resourceType, id }));
  if (restricted.some(({ resourceType, id }) => resourceType !== modifier || !isId(id))) {
    throw invalid(`${quote(`${parameter.code}:${modifier}`)} expects the id of a ${modifier}.`);
  }
  return { parameter, kind: 'reference', values: restricted };
}

function parseBoolean(parameter: SearchParameter, value: string): boolean {
  if (value !== 'true' && value !== 'false') throw invalid(`${quote(`${parameter.code}:missing`)} is true or false.`);
  return value === 'true';
}
