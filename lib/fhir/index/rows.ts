import type { TypedValue } from '@medplum/core';
import type { SearchParameterKind } from '../definition/search-parameter.ts';
import type { DateRange } from '../value/date-range.ts';
import { datesOf } from './date.ts';
import { type IndexedPosition, positionsOf } from './position.ts';
import { type IndexedQuantity, quantitiesOf } from './quantity.ts';
import { type IndexedReference, referencesOf } from './reference.ts';
import { type IndexedString, stringsOf } from './string.ts';
import { type IndexedToken, tokensOf } from './token.ts';
import { identifiersOf, textsOfToken, typesOf } from './token-parts.ts';

/** One searchable value of a resource, in the form of the index that stores it. */
export type IndexRow = { parameter: string } & (
  | ({ index: 'token' } & IndexedToken)
  | ({ index: 'string' } & IndexedString)
  | ({ index: 'date' } & DateRange)
  | ({ index: 'quantity' } & IndexedQuantity)
  | ({ index: 'reference' } & IndexedReference)
  | ({ index: 'position' } & IndexedPosition)
);

/**
 * The index rows for one value of the search parameter `parameter`; none for a data type that `kind` cannot compare.
 * The texts of codes and the identifiers in references get rows of their own, for the modifiers that search them.
 */
export function indexRows(parameter: string, kind: SearchParameterKind, value: TypedValue): IndexRow[] {
  return [...ownRows(parameter, kind, value), ...modifiedRows(parameter, kind, value)];
}

/**
 * Rows that only the modifiers `:text`, `:of-type` and `:identifier` search.
 * @see https://hl7.org/fhir/R4/search.html#modifiers
 */
function modifiedRows(parameter: string, kind: SearchParameterKind, value: TypedValue): IndexRow[] {
  if (kind === 'reference') {
    return identifiersOf(value).map((token) => ({ parameter: `${parameter}:identifier`, index: 'token', ...token }));
  }
  if (kind !== 'token') return [];
  return [
    ...textsOfToken(value).map((text) => ({ parameter: `${parameter}:text`, index: 'string' as const, ...text })),
    ...typesOf(value).map((token) => ({ parameter: `${parameter}:of-type`, index: 'token' as const, ...token })),
  ];
}

/** Rows under the parameter's own name, searched when no modifier selects others. */
export function ownRows(parameter: string, kind: SearchParameterKind, value: TypedValue): IndexRow[] {
  switch (kind) {
    case 'token':
    case 'uri':
      return tokensOf(value).map((token) => ({ parameter, index: 'token', ...token }));
    case 'string':
      return stringsOf(value).map((string) => ({ parameter, index: 'string', ...string }));
    case 'date':
      return datesOf(value).map((range) => ({ parameter, index: 'date', ...range }));
    case 'number':
    case 'quantity':
      return quantitiesOf(value).map((quantity) => ({ parameter, index: 'quantity', ...quantity }));
    case 'reference':
      return referencesOf(value).map((reference) => ({ parameter, index: 'reference', ...reference }));
    case 'special':
      return positionsOf(value).map((position) => ({ parameter, index: 'position', ...position }));
  }
}
