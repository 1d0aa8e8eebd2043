import {
  indexSearchParameterBundle,
  indexStructureDefinitionBundle,
  isResourceType as isIndexedResourceType,
} from '@medplum/core';
import type { Bundle, SearchParameter } from 'fhir/r4';
import { readDefinitionFile } from './definition-files.ts';

const profileFiles = ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json'];
const searchParameterFile = 'fhir/r4/search-parameters.json';

/** Search parameters by base type; immutable once read, hence shared by the whole process. */
let searchParametersByBase: ReadonlyMap<string, readonly SearchParameter[]> | undefined;

function byBaseType(bundle: Bundle<SearchParameter>): Map<string, SearchParameter[]> {
  const found = new Map<string, SearchParameter[]>();
  for (const parameter of bundle.entry?.flatMap((entry) => entry.resource ?? []) ?? []) {
    for (const base of parameter.base) {
      found.set(base, [...(found.get(base) ?? []), parameter]);
    }
  }
  return found;
}

function readDefinitions(): ReadonlyMap<string, readonly SearchParameter[]> {
  for (const file of profileFiles) {
    indexStructureDefinitionBundle(readDefinitionFile(file) as never);
  }
  const searchParameters = readDefinitionFile(searchParameterFile) as unknown as Bundle<SearchParameter>;
  indexSearchParameterBundle(searchParameters as never);
  return byBaseType(searchParameters);
}

/**
 * Loads the R4 types, resources and search parameters into `@medplum/core` (about one second), once per process.
 * The other functions here call it themselves; call it to pay at a moment of your choosing.
 */
export function loadDefinitions(): void {
  searchParametersByBase ??= readDefinitions();
}

/** Tells whether `name` is a concrete R4 resource type: `Patient` is, `Resource` and `HumanName` are not. */
export function isResourceType(name: string): boolean {
  loadDefinitions();
  return Boolean(isIndexedResourceType(name));
}

/**
 * The R4 search parameters of a resource type, those of every resource (`_id`, `_lastUpdated` …) included;
 * empty for an unknown type.
 * @see https://hl7.org/fhir/R4/searchparameter-registry.html
 */
export function searchParametersFor(resourceType: string): SearchParameter[] {
  if (!isResourceType(resourceType)) {
    return [];
  }
  return ['Resource', 'DomainResource', resourceType].flatMap((base) => searchParametersByBase?.get(base) ?? []);
}
