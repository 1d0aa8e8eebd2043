import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize } from 'node:v8';

/** The parts of the FHIR definitions, each a file, so that what is never asked for is never read. */
export const parts = ['types', 'search-parameters', 'patient-compartment', 'expansions', 'profiles'] as const;
type Part = (typeof parts)[number];

/**
 * A part of the definitions as `scripts/definitions/` made it from the definitions package: pruned to what is read here,
 * and in Node's own serialization, which keeps maps, sets and what is shared. The caller names the type of its content.
 */
export function readPrebuilt<Content>(part: Part): Content {
  const path = join(process.cwd(), 'lib/fhir/definition/generated', `${part}.bin`);
  return deserialize(readFileSync(/* turbopackIgnore: true */ path)) as Content;
}
