import type { SandboxSeed } from '#lib/data/seed/sandbox-seeds.ts';
import { type DataChunk, filesOf, readSource, type SourceContext } from './data-source.ts';
import type { DataSource } from './schema.ts';

/** The part of a sandbox file or a seed that data are read from. */
export type Sources = Pick<SandboxSeed, 'file'> & { data: DataSource[] };

/** How many chunks the data of these sources come in, as far as it can be known without reading them. */
export function countChunks({ data, file = '' }: Sources): number {
  return data.map((source) => lengthOf(source, file)).reduce((sum, length) => sum + length, 0);
}

function lengthOf(source: DataSource, file: string): number {
  if (typeof source === 'string') return filesOf(source, file).length;
  // The hospital comes first.
  return 'generate' in source ? source.generate.patients + 1 : source.resources.length;
}

/**
 * Reads the data chunk by chunk, from the chunk at `position` on. Generated ones before it are not made at all, so that
 * going on costs nothing.
 */
export async function* chunksFrom(
  { data }: Sources,
  context: SourceContext,
  position: number,
): AsyncGenerator<DataChunk> {
  let index = 0;
  for (const source of data) {
    const skipped = isGenerated(source) ? Math.min(Math.max(position - index, 0), lengthOf(source, '')) : 0;
    index += skipped;
    for await (const chunk of readSource(source, context, skipped)) {
      if (index++ >= position) yield chunk;
    }
  }
}

/** Whether a source makes its data up: they are valid, and refer to one another by literal references. */
export function isGenerated(source: DataSource): source is Extract<DataSource, { generate: unknown }> {
  return typeof source !== 'string' && 'generate' in source;
}
