import { getAllDataTypes, indexStructureDefinitionBundle, parseStructureDefinition } from '@medplum/core';
import type { CompartmentDefinition, StructureDefinition } from 'fhir/r4';
import type { parts } from '#lib/fhir/definition/prebuilt.ts';
import type { Profile } from '#lib/fhir/validation/profiles.ts';
import { expansionsOf } from './expansions.ts';
import { readDefinitionFile } from './package-file.ts';
import { SchemaPruner } from './schema.ts';
import { searchParametersByBase } from './search-parameters.ts';

/** The files with the definitions of R4's types and resources. */
export const typeFiles = ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json'];

/** The files with profiles of US Core. Where several define a URL, the first one counts. */
export const profileFiles = [
  'fhir/r4/testing/uscore-v5.0.1-structuredefinitions.json',
  'fhir/r4/testing/uscore-v7.0.0-smoking-status.json',
];

/**
 * Makes all parts of the FHIR definitions that the server reads out of the definitions package. It fills the tables of
 * `@medplum/core` with unpruned definitions, and so belongs into a process of its own.
 */
export function prebuild(): Record<(typeof parts)[number], unknown> {
  const pruner = new SchemaPruner();
  for (const file of typeFiles) indexStructureDefinitionBundle(readDefinitionFile(file) as never);
  const types = Object.entries(getAllDataTypes()).map(([name, schema]) => [name, pruner.schema(schema)]);
  const profiles = readProfiles(pruner);
  return {
    types: Object.fromEntries(types),
    'search-parameters': searchParametersByBase(),
    'patient-compartment': patientCompartment(),
    expansions: expansionsOf(pruner.boundValueSets),
    profiles,
  };
}

function readProfiles(pruner: SchemaPruner): Profile[] {
  const found = new Map<string, Profile>();
  for (const definition of profileFiles.flatMap(definitionsIn)) {
    const { url, version = '', type } = definition;
    // A profile is no resource type: one with a kind would be listed, and taken, as if it were.
    const { kind: _, ...schema } = pruner.schema(parseStructureDefinition(definition as never));
    if (!found.has(url)) found.set(url, { url, version, type, schema });
  }
  return [...found.values()];
}

/** The definitions in a file, which holds one definition or a list of them. */
export function definitionsIn(file: string): StructureDefinition[] {
  return [readDefinitionFile(file) as StructureDefinition | StructureDefinition[]].flat();
}

/** Search parameters that put a resource into a patient's compartment, by resource type. */
function patientCompartment(): ReadonlyMap<string, string[]> {
  const definition = readDefinitionFile('fhir/r4/compartmentdefinition-patient.json') as CompartmentDefinition;
  return new Map(definition.resource?.map(({ code, param }) => [code, param ?? []]));
}
