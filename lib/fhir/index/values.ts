import { type TypedValue, toTypedValue } from '@medplum/core';
import type { Resource } from 'fhir/r4';
import { type SearchParameter, supportedParameters } from '../definition/search-parameter.ts';
import { isColumnParameter } from './column-parameters.ts';
import { compositeRows } from './composite.ts';
import { compilePath, type IndexPath, type Steps, Walk } from './path.ts';
import { type IndexRow, indexRows } from './rows.ts';

interface CompiledPath {
  parameter: SearchParameter;
  path: IndexPath;
}

const compiled = new Map<string, CompiledPath[]>();

/**
 * Every searchable value of a resource: one row per value of each search parameter of its type. Expects a valid
 * resource; parameters whose path cannot be evaluated are left out.
 * @see https://hl7.org/fhir/R4/search.html#ptypes
 */
export function indexValuesOf(resource: Resource): IndexRow[] {
  return [...indexRowsIn(resource)].flat();
}

/**
 * The searchable values of a resource, a few at a time: those of one element under one parameter. Whoever has them all
 * can pause in between, and stop when there are too many.
 */
export function* indexRowsIn(resource: Resource): Generator<IndexRow[]> {
  const walk = new Walk(resource);
  const root = toTypedValue(resource);
  for (const { parameter, path } of pathsFor(resource.resourceType)) {
    for (const value of walk.valuesAt(path)) yield rowsOf(parameter, value, root);
  }
}

function rowsOf({ code, kind, composite }: SearchParameter, value: TypedValue, resource: TypedValue): IndexRow[] {
  if (kind !== 'composite') return indexRows(code, kind, value);
  return composite ? compositeRows(code, composite, value, resource) : [];
}

function pathsFor(resourceType: string): CompiledPath[] {
  const found = compiled.get(resourceType) ?? compile(resourceType);
  compiled.set(resourceType, found);
  return found;
}

function compile(resourceType: string): CompiledPath[] {
  const steps: Steps = new Map();
  return [...supportedParameters(resourceType).values()]
    .filter((parameter) => !isColumnParameter(parameter))
    .flatMap((parameter) =>
      parameter.expressions.map((expression) => ({ parameter, path: compilePath(expression, steps) })),
    );
}
