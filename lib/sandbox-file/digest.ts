import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { filesOf } from './data-source.ts';
import type { SandboxFile } from './schema.ts';

/** Changes when generated data stops being what it was for the same settings, so that it is laid anew. */
const generatorVersion = 1;

/**
 * Says which data a sandbox file stands for: its sources, and size and time of the files they name, so that
 * an unchanged file need not be read again.
 */
export function digestOfData({ data }: SandboxFile, sandboxFile: string): string {
  const hash = createHash('sha256').update(JSON.stringify({ generatorVersion, data }));
  for (const source of data) {
    if (typeof source !== 'string') continue;
    for (const path of filesOf(source, sandboxFile)) {
      const { size, mtimeMs } = statSync(path);
      hash.update(`\0${path}\0${size}\0${mtimeMs}`);
    }
  }
  return hash.digest('hex');
}
