import type { Sources } from './seed-chunks.ts';
import { findSourceFiles } from './source-files.ts';

const advice = 'Put it back, or load its sandbox file once more (npm start -- --sandbox FILE). Nothing was changed.';

const sentences = {
  absent: (name: string) => `The data file ${name} that this sandbox was made from is not there any more. ${advice}`,
  outside: (name: string) =>
    `The data file ${name} leads out of the folder of the sandbox file. Load that once more with --outside-data. Nothing was changed.`,
  unreadable: (name: string) => `The data file ${name} of this sandbox cannot be read. ${advice}`,
};

/**
 * Why a sandbox can no longer be filled from its sources, as sentences for an administrator: a data file has gone, cannot
 * be read, or leads out of its folder. Undefined if all are there; their contents are not checked.
 */
export function missingSource({ file = '', outside, data }: Sources): string | undefined {
  for (const source of data) {
    if (typeof source !== 'string') continue;
    const found = findSourceFiles(source, { sandboxFile: file, outside });
    if (!Array.isArray(found)) return sentences[found.fault](found.name);
  }
  return undefined;
}
