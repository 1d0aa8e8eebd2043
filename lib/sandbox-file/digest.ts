import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { GivenFile } from '#lib/data/given/given.ts';
import { inTurns } from '#lib/work/in-turns.ts';
import type { SandboxFile } from './schema/schema.ts';
import { filesOf, type SourcePlace } from './source-files.ts';

/** Raise this when the generator's output changes for the same settings, so that sandboxes are filled again. */
const generatorVersion = 1;

/** The data of a sandbox file as they are now. */
export interface DataState {
  /** Identifies them by their sources, and by the contents of the files that these name. */
  digest: string;
  files: GivenFile[];
}

/**
 * The state of the data of a sandbox file.
 * @param known files that were read before: one whose size and times are still the same is not read again
 */
export async function stateOfData(
  { data }: Pick<SandboxFile, 'data'>,
  place: SourcePlace,
  known: GivenFile[] = [],
): Promise<DataState> {
  const byPath = new Map(known.map((file) => [file.path, file]));
  const folder = dirname(resolve(place.sandboxFile));
  const files: GivenFile[] = [];
  for (const source of data) {
    if (typeof source !== 'string') continue;
    for (const path of filesOf(source, place)) files.push(await stateOfFile(path, byPath.get(path)));
  }
  const hash = createHash('sha256').update(JSON.stringify({ generatorVersion }));
  for await (const piece of inTurns(piecesOf(data))) hash.update(JSON.stringify(piece)).update('\n');
  hash.update(JSON.stringify(files.map(({ path, digest }) => [relative(folder, path), digest])));
  return { digest: hash.digest('hex'), files };
}

/** What the sources say, resource by resource where these stand in the file: it may be large. */
function* piecesOf(data: SandboxFile['data']): Generator<unknown> {
  for (const source of data) {
    if (typeof source === 'string' || 'generate' in source) yield source;
    else yield* source.resources;
  }
}

/** A file that was changed so shortly ago may be changed once more without its times telling, in milliseconds. */
const tooFresh = 2000;

async function stateOfFile(path: string, known: GivenFile | undefined): Promise<GivenFile> {
  const { size, mtimeMs, ctimeMs } = statSync(path);
  const times = [mtimeMs, ctimeMs];
  if (known?.size === size && known.times.join() === times.join()) return known;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const settled = Math.max(...times) < Date.now() - tooFresh;
  return { path, size, times: settled ? times : [], digest: hash.digest('hex') };
}

/** The digest that earlier versions of this server kept: of the sources, and of the sizes and times of files. */
export function formerDigest({ data }: Pick<SandboxFile, 'data'>, place: SourcePlace): string {
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
