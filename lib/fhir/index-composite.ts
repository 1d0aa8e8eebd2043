import { evalFhirPathTyped, type FhirPathAtom, parseFhirPath, type TypedValue } from '@medplum/core';
import { type IndexRow, ownRows } from './index-rows.ts';
import { type IndexedToken, tokensOf } from './index-token.ts';
import type { Composite } from './search-parameter.ts';

/**
 * Under what name the values stand that go with a code, so that one look into their own index answers a composite
 * parameter: `code-value-quantity$8480-6|http://loinc.org`.
 */
export function compositeName(parameter: string, { system, code }: IndexedToken): string {
  return `${compositeStart(parameter, code)}${system}`;
}

/** What the names of all systems' codes have in common. */
export function compositeStart(parameter: string, code: string): string {
  return `${parameter}$${code.replaceAll('%', '%25').replaceAll('|', '%7C')}|`;
}

const compiled = new Map<string, FhirPathAtom>();

/** The rows for one element of a composite parameter: each code with each value. */
export function compositeRows(parameter: string, { code, value, kind }: Composite, element: TypedValue): IndexRow[] {
  const values = evaluate(value, element);
  if (values.length === 0) return [];
  const names = evaluate(code, element).flatMap((one) => tokensOf(one).map((token) => compositeName(parameter, token)));
  return names.flatMap((name) => values.flatMap((one) => ownRows(name, kind, one)));
}

function evaluate(expression: string, element: TypedValue): TypedValue[] {
  const path = compiled.get(expression) ?? parseFhirPath(expression);
  compiled.set(expression, path);
  return evalFhirPathTyped(path, [element]);
}
