import { accessSync, constants, statSync } from 'node:fs';
import { relative } from 'node:path';
import { filesOf } from './data-source.ts';
import type { Sources } from './seed-chunks.ts';

const advice = 'Put it back, or load its sandbox file once more (npm start -- --sandbox FILE). Nothing was changed.';

/**
 * Why a sandbox can no longer be filled from its sources, as sentences for an administrator: a data file has gone, or
 * cannot be read. Undefined if all are there; their contents are not checked.
 */
export function missingSource({ file = '', data }: Sources): string | undefined {
  for (const source of data) {
    if (typeof source !== 'string') continue;
    const found = filesOf(source, file);
    if (found.length === 0)
      return `The data file ${source} that this sandbox was made from is not there any more. ${advice}`;
    const locked = found.find((path) => !isReadable(path));
    if (locked) return `The data file ${relative(process.cwd(), locked)} of this sandbox cannot be read. ${advice}`;
  }
  return undefined;
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
