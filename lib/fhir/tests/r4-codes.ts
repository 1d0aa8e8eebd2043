import type { Bundle, CodeSystem, CodeSystemConcept, ValueSet } from 'fhir/r4';
import { readDefinitionFile } from '../definition/files.ts';

/** Every `system|code` that a code system of R4 defines, or that a value set of R4 names from somebody else's system. */
export function r4Codes(): ReadonlySet<string> {
  const { entry = [] } = readDefinitionFile('fhir/r4/valuesets.json') as Bundle<CodeSystem | ValueSet>;
  return new Set(entry.flatMap(({ resource }) => (resource ? codesOf(resource) : [])));
}

function codesOf(resource: CodeSystem | ValueSet): string[] {
  if (resource.resourceType === 'CodeSystem') {
    return withDescendants(resource.concept).map((code) => `${resource.url}|${code}`);
  }
  const includes = resource.compose?.include ?? [];
  return includes.flatMap(({ system, concept = [] }) => concept.map(({ code }) => `${system}|${code}`));
}

function withDescendants(concepts: CodeSystemConcept[] = []): string[] {
  return concepts.flatMap(({ code, concept }) => [code, ...withDescendants(concept)]);
}
