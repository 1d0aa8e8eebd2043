import type { SearchParameter } from '../definition/search-parameter.ts';
import { invalid, quote } from '../fhir-error.ts';
import { isId } from '../reference/reference.ts';
import { type NearValue, parseNear } from './near.ts';
import {
  alternatives,
  type DateValue,
  parseDate,
  parseQuantity,
  parseReferenceValue,
  parseString,
  parseToken,
  parseTypedIdentifier,
  parseUri,
  type QuantityValue,
  type ReferenceValue,
  type TokenValue,
} from './value.ts';

type StringMatch = 'start' | 'exact' | 'part';

/** A condition on the values of one index; several values are alternatives. */
export type ValueClause = { parameter: SearchParameter } & (
  | { kind: 'token'; not: boolean; values: TokenValue[] }
  | { kind: 'uri'; match: 'above' | 'below'; values: string[] }
  | { kind: 'string'; match: StringMatch; values: string[] }
  | { kind: 'date'; values: DateValue[] }
  | { kind: 'quantity'; values: QuantityValue[] }
  | { kind: 'reference'; values: ReferenceValue[] }
  | { kind: 'near'; values: NearValue[] }
);

type All = <T>(parse: (text: string) => T | undefined) => T[];

const modifiedKinds = new Map<string, 'string' | 'token' | 'uri'>([
  ['token:text', 'string'],
  ['token:of-type', 'token'],
  ['reference:identifier', 'token'],
  ['uri:above', 'uri'],
  ['uri:below', 'uri'],
]);

const stringMatches = new Map<string, StringMatch>([
  ['exact', 'exact'],
  ['contains', 'part'],
]);

/**
 * Reads the alternatives in `value` according to the parameter's kind and modifier; undefined when the modifier does
 * not apply to this kind. `base` is this server's own URL.
 * @throws FhirError 400 for a value that does not parse.
 */
export function parseValues(
  parameter: SearchParameter,
  modifier: string | undefined,
  value: string,
  base?: string,
): ValueClause | undefined {
  const all = <T>(parse: (text: string) => T | undefined) => parseAll(parameter, value, parse);
  const elsewhere = modifiedClause(parameter, modifier, all);
  if (elsewhere) return elsewhere;
  switch (parameter.kind) {
    case 'composite':
      return undefined;
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
): ValueClause | undefined {
  const match = modifier === undefined ? 'start' : stringMatches.get(modifier);
  return match && { parameter, kind: 'string', match, values };
}

function tokenClause(
  parameter: SearchParameter,
  modifier: string | undefined,
  values: TokenValue[],
): ValueClause | undefined {
  const known = modifier === undefined || modifier === 'not';
  return known ? { parameter, kind: 'token', not: modifier === 'not', values } : undefined;
}

function unmodified(parameter: SearchParameter, all: All): ValueClause {
  if (parameter.kind === 'date') return { parameter, kind: 'date', values: all(parseDate) };
  if (parameter.kind === 'uri') return { parameter, kind: 'token', not: false, values: all(parseUri) };
  if (parameter.kind === 'special') return { parameter, kind: 'near', values: all(parseNear) };
  return { parameter, kind: 'quantity', values: all(parseQuantity) };
}

/** The condition of a modifier that searches rows of its own, under the names that `index/rows.ts` writes. */
function modifiedClause(parameter: SearchParameter, modifier: string | undefined, all: All): ValueClause | undefined {
  const kind = modifier && modifiedKinds.get(`${parameter.kind}:${modifier}`);
  if (!kind) return undefined;
  if (kind === 'uri') {
    const match = modifier === 'above' ? 'above' : 'below';
    return { parameter, kind, match, values: all(parseString) };
  }
  const named = { ...parameter, kind, code: `${parameter.code}:${modifier}` };
  if (kind === 'string') return { parameter: named, kind, match: 'start', values: all(parseString) };
  const parse = modifier === 'of-type' ? parseTypedIdentifier : parseToken;
  return { parameter: named, kind, not: false, values: all(parse) };
}

/** Reads each alternative with `parse`. @throws FhirError 400 when one does not parse. */
export function parseAll<T>(parameter: SearchParameter, value: string, parse: (text: string) => T | undefined): T[] {
  return alternatives(value).map((text) => {
    const parsed = text === '' ? undefined : parse(text);
    if (parsed === undefined) throw invalid(`${quote(text)} is not a ${parameter.kind} for ${quote(parameter.code)}.`);
    return parsed;
  });
}

/** Applies a type modifier: `subject:Patient=1` means `subject=Patient/1`. */
function restrictType(
  parameter: SearchParameter,
  modifier: string | undefined,
  values: ReferenceValue[],
): ValueClause | undefined {
  if (modifier === undefined) return { parameter, kind: 'reference', values };
  if (!parameter.targets.includes(modifier)) return undefined;
  const restricted = values.map(({ resourceType = modifier, id }) => ({ resourceType, id }));
  if (restricted.some(({ resourceType, id }) => resourceType !== modifier || !isId(id))) {
    throw invalid(`${quote(`${parameter.code}:${modifier}`)} expects the id of a ${modifier}.`);
  }
  return { parameter, kind: 'reference', values: restricted };
}
