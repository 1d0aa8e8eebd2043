import {
  indexSearchParameterBundle,
  indexStructureDefinitionBundle,
  isResourceType as isIndexedResourceType,
} from '@medplum/core';
import type { Bundle, SearchParameter } from 'fhir/r4';
import { readDefinitionFile } from './files.ts';

const profileFiles = ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json'];
const searchParameterFile = 'fhir/r4/search-parameters.json';
const usCoreSearchParameterFile = 'fhir/r4/search-parameters-uscore.json';

/** Parts of US Core's expressions that lose a code's system, or name an element that FHIRPath does not know. */
const clearer: [RegExp, string][] = [
  [/\.value\.code$/, '.value.ofType(Coding)'],
  [/\.value\.coding\.code$/, '.value.ofType(CodeableConcept)'],
  [/\.valueDateTime$/, '.value.ofType(dateTime)'],
];

/** Search parameters by base type; immutable once read, hence shared by the whole process. */
let searchParametersByBase: ReadonlyMap<string, readonly SearchParameter[]> | undefined;

function byBaseType(parameters: SearchParameter[]): Map<string, SearchParameter[]> {
  const found = new Map<string, SearchParameter[]>();
  for (const parameter of parameters) {
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
  return byBaseType([...resourcesOf(searchParameters), ...usCoreSearchParameters()]);
}

function resourcesOf(bundle: Bundle<SearchParameter>): SearchParameter[] {
  return bundle.entry?.flatMap((entry) => entry.resource ?? []) ?? [];
}

/** What US Core adds to the parameters of R4, such as Patient's `race`. @see https://hl7.org/fhir/us/core/STU5.0.1/search-parameters.html */
function usCoreSearchParameters(): SearchParameter[] {
  return resourcesOf(readDefinitionFile(usCoreSearchParameterFile) as Bundle<SearchParameter>).map((parameter) => ({
    ...parameter,
    expression: clearer.reduce((text, [form, better]) => text.replace(form, better), parameter.expression ?? ''),
  }));
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
 * The search parameters of R4 and US Core for a resource type, those of every resource (`_id`, `_lastUpdated` …) included;
 * empty for an unknown type.
 * @see https://hl7.org/fhir/R4/searchparameter-registry.html
 */
export function searchParametersFor(resourceType: string): SearchParameter[] {
  if (!isResourceType(resourceType)) {
    return [];
  }
  return ['Resource', 'DomainResource', resourceType].flatMap((base) => searchParametersByBase?.get(base) ?? []);
}
