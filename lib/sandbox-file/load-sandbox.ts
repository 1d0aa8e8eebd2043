import { resolve } from 'node:path';
import type { Resource } from 'fhir/r4';
import { serviceOfDefinition } from '#lib/cds-hooks/service-definition.ts';
import { inTransaction } from '#lib/data/database/transaction.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { refreshStatistics } from '#lib/data/resource/statistics.ts';
import { withHashes } from '#lib/data/seed/hashed-definition.ts';
import { applySandboxDefinition, recordDataDigest } from '#lib/data/seed/sandbox-definitions.ts';
import { recordSeed } from '#lib/data/seed/sandbox-seeds.ts';
import type { CheckedData } from './check-data.ts';
import { type CheckOptions, checkFile } from './check-file.ts';
import { withLiteralReferences } from './conditional-references.ts';
import { type DataChunk, readData, type SourceContext } from './data-source.ts';
import { digestOfData } from './digest.ts';
import type { Problem } from './problem.ts';
import type { SandboxFile } from './schema/schema.ts';

export interface LoadOptions extends CheckOptions {
  now: Date;
  /** Whether the files may name data files outside of their own folders. */
  outside?: boolean;
  /** Called from time to time with the number of resources written, and the total. */
  onProgress?(written: number, total: number): void;
}

interface LoadedFile {
  sandbox: SandboxFile;
  /** Number of resources written or found unchanged; 0 if the sandbox held this very data already. */
  resources: number;
}

/** What became of sandbox files. */
export interface Loading {
  loaded: LoadedFile[];
  /** Every problem of the files of which nothing was applied. */
  problems: Problem[];
  /** What a person should know of the files that were. */
  warnings: Problem[];
}

/**
 * Loads sandbox files one after the other, each completely or, if anything is wrong with it, not at all; a bad one does
 * not keep the others out. Each is checked completely before its first row is written. Loading a file again updates users
 * and clients to match it, and creates no duplicates.
 */
export async function loadSandboxFiles(files: string[], options: LoadOptions): Promise<Loading> {
  const all: Loading = { loaded: [], problems: [], warnings: [] };
  for (const file of files) {
    const { loaded, problems, warnings } = await loadFile(file, options).catch((error) => failure(file, error));
    all.loaded.push(...loaded);
    all.problems.push(...problems);
    all.warnings.push(...warnings);
  }
  return all;
}

async function loadFile(file: string, options: LoadOptions): Promise<Loading> {
  const context = { sandboxFile: file, outside: options.outside, now: options.now };
  const { sandbox, data, problems, warnings } = await checkFile(context, options);
  if (!sandbox || problems.length > 0) return { loaded: [], problems, warnings: [] };
  return { loaded: [await applyFile(sandbox, data, { context, ...options })], problems: [], warnings };
}

/** Trouble that no check foresaw, such as a data file that went away meanwhile. */
function failure(file: string, error: unknown): Loading {
  // The last line says it; those before may quote what was to be written.
  const message = String(error instanceof Error ? error.message : error)
    .trim()
    .split('\n')
    .at(-1);
  const reason = `could not be loaded: ${message}`;
  return { loaded: [], problems: [{ file, path: '$', reason }], warnings: [] };
}

/** Applies one file completely or, if anything fails, not at all. */
async function applyFile(
  sandbox: SandboxFile,
  data: CheckedData | undefined,
  { context, onProgress }: LoadOptions & { context: SourceContext },
): Promise<LoadedFile> {
  const definition = { ...sandbox, cdsServices: sandbox.cdsServices.map(serviceOfDefinition) };
  const hashed = await withHashes(definition);
  const load = async () => {
    const sandboxId = await applySandboxDefinition(hashed);
    await recordSeed(sandboxId, definition, { file: resolve(context.sandboxFile), outside: context.outside });
    if (!data) return { sandbox, resources: 0 };
    let resources = 0;
    for await (const batch of inBatches(readData(sandbox, context))) {
      await putResources(sandboxId, withLiteralReferences(batch, data.identifiers), { now: context.now });
      resources += batch.length;
      onProgress?.(resources, data.count);
    }
    await refreshStatistics();
    await recordDataDigest(sandboxId, digestOfData(sandbox, context));
    return { sandbox, resources };
  };
  // Told how far it is, its caller should not see it begin again.
  return inTransaction(load, { repeatable: false, background: true });
}

/** Resources per batch: enough to save round trips, few enough to keep memory flat. */
const batchSize = 400;

async function* inBatches(chunks: AsyncIterable<DataChunk>): AsyncGenerator<Resource[]> {
  let batch: Resource[] = [];
  for await (const { resources } of chunks) {
    batch.push(...resources.map(({ resource }) => resource));
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
