import { evalFhirPathTyped, type FhirPathAtom, parseFhirPath, type TypedValue } from '@medplum/core';
import type { Composite } from '../definition/search-parameter.ts';
import { quantitiesOf } from './quantity.ts';
import { type IndexRow, ownRows } from './rows.ts';
import { type IndexedToken, tokensOf } from './token.ts';

/**
 * The index name under which the values that accompany a code are stored, such as
 * `code-value-quantity$8480-6|http://loinc.org`, so that one lookup answers a composite parameter.
 */
export function compositeName(parameter: string, { system, code }: IndexedToken): string {
  return `${compositeStart(parameter, code)}${system}`;
}

/** The beginning of `compositeName`, shared by this code in every code system. */
export function compositeStart(parameter: string, code: string): string {
  return `${parameter}$${code.replaceAll('%', '%25').replaceAll('|', '%7C')}|`;
}

const compiled = new Map<string, FhirPathAtom>();

/** The index rows for one element of a composite parameter: each code combined with each value, or with each span. */
export function compositeRows(
  parameter: string,
  composite: Composite,
  element: TypedValue,
  resource: TypedValue,
): IndexRow[] {
  const at = (expression: string) => evaluate(expression, element, resource);
  const values = at(composite.value);
  if (values.length === 0) return [];
  const names = at(composite.code).flatMap((one) => tokensOf(one).map((token) => compositeName(parameter, token)));
  const ends = composite.end === undefined ? undefined : at(composite.end);
  return names.flatMap((name) =>
    values.flatMap((value) => (ends ? spanRows(name, value, ends) : ownRows(name, composite.kind, value))),
  );
}

/** Stores both numbers of a span in one row, so that a search compares with the two ends of the same span. */
function spanRows(parameter: string, start: TypedValue, ends: TypedValue[]): IndexRow[] {
  return quantitiesOf(start).flatMap((first) =>
    ends.flatMap(quantitiesOf).map(({ high }) => ({ ...first, parameter, index: 'quantity', high })),
  );
}

function evaluate(expression: string, element: TypedValue, resource: TypedValue): TypedValue[] {
  const path = compiled.get(expression) ?? parseFhirPath(expression);
  compiled.set(expression, path);
  return evalFhirPathTyped(path, [element], { '%resource': resource });
}
