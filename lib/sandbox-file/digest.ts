import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { SandboxFile } from './schema/schema.ts';
import { filesOf, type SourcePlace } from './source-files.ts';

/** Raise this when the generator's output changes for the same settings, so that sandboxes are filled again. */
const generatorVersion = 1;

/**
 * Identifies the data of a sandbox file by its sources, and by the size and time of the files they name, so that
 * unchanged data need not be read again.
 */
export function digestOfData({ data }: Pick<SandboxFile, 'data'>, place: SourcePlace): string {
  const hash = createHash('sha256').update(JSON.stringify({ generatorVersion, data }));
  for (const source of data) {
    if (typeof source !== 'string') continue;
    for (const path of filesOf(source, place)) {
      const { size, mtimeMs } = statSync(path);
      hash.update(`\0${path}\0${size}\0${mtimeMs}`);
    }
  }
  return hash.digest('hex');
}
