import { evalFhirPathTyped, type FhirPathAtom, parseFhirPath, type TypedValue, toTypedValue } from '@medplum/core';
import type { Resource } from 'fhir/r4';
import { compositeRows } from './index-composite.ts';
import { type IndexRow, indexRows } from './index-rows.ts';
import { type SearchParameter, supportedParameters } from './search-parameter.ts';

interface CompiledPath {
  parameter: SearchParameter;
  /** Name of the element the path starts with: without it there is nothing to evaluate. */
  element: string;
  path: FhirPathAtom;
}

/** Answered from columns of the resource itself, hence not indexed once more. */
const ownColumns = ['_id', '_lastUpdated'];

const compiled = new Map<string, CompiledPath[]>();

/**
 * Everything a resource can be found by: one row for each value of each search parameter of its type.
 * Expects a valid resource; what does not evaluate is left out.
 * @see https://hl7.org/fhir/R4/search.html#ptypes
 */
export function indexValuesOf(resource: Resource): IndexRow[] {
  const elements = Object.keys(resource);
  const typed = toTypedValue(resource);
  return pathsFor(resource.resourceType)
    .filter(({ element }) => elements.some((name) => name.startsWith(element)))
    .flatMap(({ parameter, path }) => evalFhirPathTyped(path, [typed]).flatMap((value) => rowsOf(parameter, value)));
}

function rowsOf({ code, kind, composite }: SearchParameter, value: TypedValue): IndexRow[] {
  if (kind !== 'composite') return indexRows(code, kind, value);
  return composite ? compositeRows(code, composite, value) : [];
}

function pathsFor(resourceType: string): CompiledPath[] {
  const found = compiled.get(resourceType) ?? compile(resourceType);
  compiled.set(resourceType, found);
  return found;
}

function compile(resourceType: string): CompiledPath[] {
  return [...supportedParameters(resourceType).values()]
    .filter(({ code }) => !ownColumns.includes(code))
    .flatMap((parameter) =>
      parameter.expressions.map((expression) => ({
        parameter,
        element: /^\(*\w+\.(\w+)/.exec(expression)?.[1] ?? '',
        path: parseFhirPath(expression),
      })),
    );
}
