import { exportPages, type TypeCount } from '#lib/data/resource/exported-resources.ts';

/** All resources of these types of a sandbox, one to a line, type after type: what the import takes as it is. */
export async function* ndjsonOf(sandboxId: number, types: TypeCount[]): AsyncGenerator<Uint8Array> {
  for (const { resourceType } of types) {
    for await (const page of exportPages(sandboxId, resourceType)) yield linesOf(page);
  }
}

/** Resources as lines of NDJSON. Stored text is one line: line breaks inside strings are escaped in JSON. */
export function linesOf(resources: string[]): Uint8Array {
  return Buffer.from(resources.map((resource) => `${resource}\n`).join(''));
}
