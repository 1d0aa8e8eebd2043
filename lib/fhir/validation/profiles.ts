import { getAllDataTypes, type InternalTypeSchema, parseStructureDefinition } from '@medplum/core';
import type { StructureDefinition } from 'fhir/r4';
import { loadDefinitions } from '../definition/definitions.ts';
import { readDefinitionFile } from '../definition/files.ts';

/** What of US Core the definitions package holds; of an URL in both, the first one counts. */
const files = [
  'fhir/r4/testing/uscore-v5.0.1-structuredefinitions.json',
  'fhir/r4/testing/uscore-v7.0.0-smoking-status.json',
];

/** A profile that resources and extensions can be checked against. */
export interface Profile {
  url: string;
  version: string;
  /** The resource type it is about, or `Extension`. */
  type: string;
  /** Parsed once: that takes longer than a validation. */
  schema: InternalTypeSchema;
}

let profiles: ReadonlyMap<string, Profile> | undefined;

function readProfiles(): ReadonlyMap<string, Profile> {
  loadDefinitions();
  const found = new Map<string, Profile>();
  for (const definition of files.flatMap(readProfileFile)) {
    if (!found.has(definition.url)) found.set(definition.url, toProfile(definition));
  }
  return found;
}

/** One definition, or a list of them. */
function readProfileFile(file: string): StructureDefinition[] {
  return [readDefinitionFile(file) as StructureDefinition | StructureDefinition[]].flat();
}

/** The validator finds a schema by the name of a type: that of a profile is its URL, which no base type has. */
function toProfile(definition: StructureDefinition): Profile {
  const { url, version = '', type } = definition;
  const schema = parseStructureDefinition(definition as never);
  getAllDataTypes()[url] = schema;
  return { url, version, type, schema };
}

/**
 * The profile with this canonical URL; of a versioned one (`url|5.0.1`) only that version. Undefined when its definition
 * is not at hand. The definitions are read with the first call.
 */
export function profileOf(canonical: string): Profile | undefined {
  profiles ??= readProfiles();
  const [url = '', version] = canonical.split('|');
  const found = profiles.get(url);
  return version === undefined || version === found?.version ? found : undefined;
}

/** The canonical URLs, with version, of all profiles of a type whose definitions are at hand. */
export function knownProfiles(type: string): string[] {
  profiles ??= readProfiles();
  return [...profiles.values()].filter((one) => one.type === type).map(({ url, version }) => `${url}|${version}`);
}
