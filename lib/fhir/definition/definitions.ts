import { getAllDataTypes, type InternalTypeSchema, isResourceType as isIndexedResourceType } from '@medplum/core';
import type { SearchParameter } from 'fhir/r4';
import { readPrebuilt } from './prebuilt.ts';

/** The members of a search parameter's definition that this server reads. */
export type SearchParameterDefinition = Pick<
  SearchParameter,
  'code' | 'url' | 'base' | 'type' | 'expression' | 'target' | 'component'
>;

/** Definitions of search parameters by resource type. */
export type SearchParametersByBase = ReadonlyMap<string, readonly SearchParameterDefinition[]>;

/** Read once and never changed, hence shared by the whole process. */
let searchParametersByBase: SearchParametersByBase | undefined;

/**
 * Loads the R4 types, resources and search parameters (about 20 ms), once per process. The other functions here call it
 * themselves; code that reads the tables of `@medplum/core` directly calls it first.
 */
export function loadDefinitions(): void {
  searchParametersByBase ??= readDefinitions();
}

function readDefinitions(): SearchParametersByBase {
  // A server may hold a second copy of this module, in Next's bundle, that has filled the one `@medplum/core` already.
  if (!isIndexedResourceType('Patient')) {
    Object.assign(getAllDataTypes(), readPrebuilt<Record<string, InternalTypeSchema>>('types'));
  }
  return readPrebuilt('search-parameters');
}

/** Tells whether `name` is a concrete R4 resource type: `Patient` is, `Resource` and `HumanName` are not. */
export function isResourceType(name: string): boolean {
  loadDefinitions();
  return Boolean(isIndexedResourceType(name));
}

/**
 * The search parameters of R4 and US Core for a resource type, including those of every resource (`_id`, `_lastUpdated`
 * …); empty for an unknown type.
 * @see https://hl7.org/fhir/R4/searchparameter-registry.html
 */
export function searchParametersFor(resourceType: string): SearchParameterDefinition[] {
  if (!isResourceType(resourceType)) {
    return [];
  }
  return ['Resource', 'DomainResource', resourceType].flatMap((base) => searchParametersByBase?.get(base) ?? []);
}
