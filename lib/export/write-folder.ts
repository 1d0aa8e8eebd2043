import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '#lib/data/database/driver/make-folder.ts';
import type { TypeCount } from '#lib/data/resource/counts.ts';
import { exportPages } from '#lib/data/resource/exported-resources.ts';
import { linesOf } from './ndjson.ts';

/**
 * Writes a file `Type.ndjson` for each of `types` into `folder`. A file is called `.part` until it is complete.
 * @returns number of resources written
 */
export async function writeFolder(
  sandboxId: number,
  types: TypeCount[],
  folder: string,
  onProgress: (written: number) => void = () => {},
): Promise<number> {
  makeFolder(folder);
  let written = 0;
  for (const { resourceType } of types) {
    const path = join(folder, `${resourceType}.ndjson`);
    const file = await open(`${path}.part`, 'w');
    try {
      for await (const page of exportPages(sandboxId, resourceType)) {
        await file.writeFile(linesOf(page));
        written += page.length;
        onProgress(written);
      }
    } finally {
      await file.close();
    }
    await rename(`${path}.part`, path);
  }
  return written;
}
