import { resolve } from 'node:path';
import type { Resource } from 'fhir/r4';
import { serviceOfDefinition } from '#lib/cds-hooks/service-definition.ts';
import { inTransaction } from '#lib/data/database/transaction.ts';
import { findUserConflicts } from '#lib/data/member/defined-users.ts';
import { resourceExists } from '#lib/data/resource/existence.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { refreshStatistics } from '#lib/data/resource/statistics.ts';
import { withHashes } from '#lib/data/seed/hashed-definition.ts';
import { applySandboxDefinition, findDataDigest, recordDataDigest } from '#lib/data/seed/sandbox-definitions.ts';
import { recordSeed } from '#lib/data/seed/sandbox-seeds.ts';
import { type CheckedData, checkData } from './check-data.ts';
import { checkPasswords } from './check-passwords.ts';
import { withLiteralReferences } from './conditional-references.ts';
import { type DataChunk, readData, type SourceContext } from './data-source.ts';
import { digestOfData } from './digest.ts';
import { checkFhirUsers, fhirUsersOf } from './fhir-users.ts';
import { jsonPath, type Problem, SandboxFileError } from './problem.ts';
import { readSandboxFile } from './read-sandbox-file.ts';
import type { SandboxFile } from './schema.ts';

export interface LoadOptions {
  /** This server's origin; apps may have plain http addresses there. */
  origin: string;
  now: Date;
  /** Whether others than this machine can reach this server; users may then have no published passwords. */
  exposed?: boolean;
  /** Called from time to time with the number of resources written, and the total. */
  onProgress?(written: number, total: number): void;
}

export interface LoadedFile {
  sandbox: SandboxFile;
  /** Number of resources written or found unchanged; 0 if the sandbox held this very data already. */
  resources: number;
}

/**
 * Loads sandbox files. All of them are checked completely before the first row is written. Loading a file again updates
 * users and clients to match it, and creates no duplicates.
 * @throws SandboxFileError with every problem; nothing has then been applied
 */
export async function loadSandboxFiles(files: string[], options: LoadOptions): Promise<LoadedFile[]> {
  const checked = await Promise.all(files.map((file) => checkFile(file, options)));
  const problems = checked.flatMap((file) => file.problems);
  if (problems.length > 0) throw new SandboxFileError(problems);
  const loaded: LoadedFile[] = [];
  for (const file of checked) if (file.sandbox) loaded.push(await applyFile(file.sandbox, file, options));
  return loaded;
}

interface CheckedFile {
  context: SourceContext;
  sandbox?: SandboxFile;
  /** Absent if the sandbox holds this very data already. */
  data?: CheckedData;
  problems: Problem[];
}

async function checkFile(file: string, { origin, now, exposed = false }: LoadOptions): Promise<CheckedFile> {
  const context = { sandboxFile: file, now };
  const read = readSandboxFile(file, origin);
  if ('problems' in read) return { context, problems: read.problems };
  const { sandbox } = read;
  const missing = fhirUsersOf(sandbox);
  const loaded = (await findDataDigest(sandbox.slug)) === digestOfData(sandbox, file);
  const data = loaded ? undefined : await checkData(sandbox, context, missing);
  const exists = (reference: string) => resourceExists(sandbox.slug, reference);
  const problems = [
    ...checkPasswords(sandbox, file, exposed),
    ...(await checkUserNames(sandbox, file)),
    ...(data?.problems ?? []),
    ...(await checkFhirUsers(sandbox, missing, file, exists)),
  ];
  return { context, sandbox, data, problems };
}

async function checkUserNames(sandbox: SandboxFile, file: string): Promise<Problem[]> {
  const conflicts = await findUserConflicts(sandbox);
  return conflicts.map(({ index, reason }) => ({ file, path: jsonPath(['users', index, 'username']), reason }));
}

/** Applies one file completely or, if anything fails, not at all. */
async function applyFile(
  sandbox: SandboxFile,
  { context, data }: CheckedFile,
  { onProgress }: LoadOptions,
): Promise<LoadedFile> {
  const definition = { ...sandbox, cdsServices: sandbox.cdsServices.map(serviceOfDefinition) };
  const hashed = await withHashes(definition);
  const load = async () => {
    const sandboxId = await applySandboxDefinition(hashed);
    await recordSeed(sandboxId, definition, resolve(context.sandboxFile));
    if (!data) return { sandbox, resources: 0 };
    let resources = 0;
    for await (const batch of inBatches(readData(sandbox, context))) {
      await putResources(sandboxId, withLiteralReferences(batch, data.identifiers), { now: context.now });
      resources += batch.length;
      onProgress?.(resources, data.count);
    }
    await refreshStatistics();
    await recordDataDigest(sandboxId, digestOfData(sandbox, context.sandboxFile));
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
