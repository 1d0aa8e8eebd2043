import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize } from 'node:v8';

/** The parts of the FHIR definitions. Each is a file of its own, so that a part which is never used is never read. */
export const parts = ['types', 'search-parameters', 'patient-compartment', 'expansions', 'profiles'] as const;
type Part = (typeof parts)[number];

/**
 * Reads a part of the definitions, which `scripts/definitions/` made of the definitions package: pruned to the members
 * that this server uses, in Node's serialization, which keeps maps, sets and shared objects. The caller names the type
 * of its content.
 */
export function readPrebuilt<Content>(part: Part): Content {
  const path = join(process.cwd(), 'lib/fhir/definition/generated', `${part}.bin`);
  return deserialize(readFileSync(/* turbopackIgnore: true */ path)) as Content;
}
