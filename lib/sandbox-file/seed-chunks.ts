import type { SandboxSeed } from '#lib/data/seed/sandbox-seeds.ts';
import { type DataChunk, readSource, type SourceContext } from './data-source.ts';
import type { DataSource } from './schema/schema.ts';
import { filesOf, type SourcePlace } from './source-files.ts';

/** The parts of a sandbox file or a stored seed from which data is read. */
export type Sources = Pick<SandboxSeed, 'file' | 'outside'> & { data: DataSource[] };

/** The sources of a stored seed; none for a sandbox that has no seed. */
export function sourcesOf(seed: SandboxSeed | undefined): Sources {
  return { file: seed?.file, outside: seed?.outside, data: (seed?.data ?? []) as DataSource[] };
}

/** Number of chunks in these sources, as far as it is known without reading them. */
export function countChunks({ data, file: sandboxFile = '', outside }: Sources): number {
  return data.map((source) => lengthOf(source, { sandboxFile, outside })).reduce((sum, length) => sum + length, 0);
}

function lengthOf(source: DataSource, place: SourcePlace): number {
  if (typeof source === 'string') return filesOf(source, place).length;
  // One more for the hospital, which comes first.
  return 'generate' in source ? source.generate.patients + 1 : source.resources.length;
}

/**
 * Reads the data chunk by chunk, starting with the chunk at `position`. Generated chunks before it are not even
 * generated, so that resuming is cheap.
 */
export async function* chunksFrom(
  { data }: Sources,
  context: SourceContext,
  position: number,
): AsyncGenerator<DataChunk> {
  let index = 0;
  for (const source of data) {
    const skipped = isGenerated(source) ? Math.min(Math.max(position - index, 0), lengthOf(source, context)) : 0;
    index += skipped;
    for await (const chunk of readSource(source, context, skipped)) {
      if (index++ >= position) yield chunk;
    }
  }
}

/** Whether a source is generated. Such data needs no check: it is valid, and its references are literal. */
export function isGenerated(source: DataSource): source is Extract<DataSource, { generate: unknown }> {
  return typeof source !== 'string' && 'generate' in source;
}
