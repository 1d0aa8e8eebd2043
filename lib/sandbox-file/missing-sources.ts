import { accessSync, constants, statSync } from 'node:fs';
import { relative } from 'node:path';
import { filesOf } from './data-source.ts';
import type { Sources } from './seed-chunks.ts';

const advice = 'Put it back, or load its sandbox file once more (npm start -- --sandbox FILE). Nothing was changed.';

/**
 * Why a sandbox cannot be filled anew from what it was made from, as sentences for its administrator: a data file that
 * is gone, or that this server may not read. Undefined when all are at hand; what is in them is not looked at.
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
