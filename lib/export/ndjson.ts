import type { TypeCount } from '#lib/data/resource/counts.ts';
import { exportPages } from '#lib/data/resource/exported-resources.ts';

/** All resources of these types in a sandbox as NDJSON, type by type, ready to be imported again. */
export async function* ndjsonOf(sandboxId: number, types: TypeCount[]): AsyncGenerator<Uint8Array> {
  for (const { resourceType } of types) {
    for await (const page of exportPages(sandboxId, resourceType)) yield linesOf(page);
  }
}

/** Resources as lines of NDJSON. Stored text never spans lines, for JSON escapes line breaks inside strings. */
export function linesOf(resources: string[]): Uint8Array {
  return Buffer.from(resources.map((resource) => `${resource}\n`).join(''));
}
