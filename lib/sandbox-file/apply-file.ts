import { resolve } from 'node:path';
import type { Resource } from 'fhir/r4';
import { type LoadedChange, recordLoad } from '#lib/audit/record-load.ts';
import { inTransaction } from '#lib/data/database/transaction.ts';
import type { LeftPart } from '#lib/data/given/applied.ts';
import { applyPlan } from '#lib/data/given/apply-plan.ts';
import { holdBasis, recordGiven } from '#lib/data/given/given.ts';
import { type PlannedPart, planParts } from '#lib/data/given/plan.ts';
import { hashPassword } from '#lib/data/member/passwords.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { refreshStatistics } from '#lib/data/resource/statistics.ts';
import { type HashedDefinition, recordDataDigest } from '#lib/data/seed/sandbox-definitions.ts';
import { recordSeed } from '#lib/data/seed/sandbox-seeds.ts';
import type { CheckedFile } from './check-file.ts';
import { withLiteralReferences } from './conditional-references.ts';
import { type DataChunk, readData, type SourceContext } from './data-source.ts';
import type { SandboxFile } from './schema/schema.ts';

/** What applying a file came to. */
export interface AppliedFile {
  /** Number of resources written or found unchanged; 0 if the sandbox held this very data already. */
  resources: number;
  changes: LoadedChange[];
  /** What was left as it is, against what the file says. */
  left: LeftPart[];
}

/**
 * Applies a file completely or, if anything fails, not at all: what it says otherwise than before, and data that changed.
 * @param onProgress called with the number of resources written, and the total
 * @throws Overtaken when another process has applied a file to the sandbox meanwhile
 */
export async function applyFile(
  checked: CheckedFile,
  context: SourceContext,
  onProgress?: (written: number, total: number) => void,
): Promise<AppliedFile> {
  const { sandbox, basis, gone, whole, data } = checked;
  const planned = await planParts(sandbox.slug, checked.compared);
  const known = whole.unchanged && basis.given;
  const wholeHash = known ? known.whole : await hashPassword(whole.digest, 'definition');
  const apply = async (): Promise<AppliedFile> => {
    const sandboxId = await holdBasis(sandbox, basis);
    const { changes, left, again, parts } = await applyPlan(sandboxId, planned, gone);
    await recordGiven(sandboxId, { whole: again ? '' : wholeHash, parts, files: data.files });
    const place = { file: resolve(context.sandboxFile), outside: context.outside };
    await recordSeed(sandboxId, definitionOf(sandbox, planned), place);
    const resources = await putData(sandboxId, checked, { context, onProgress });
    const all = basis.sandboxId === undefined ? made(sandbox) : [...changes, ...imported(resources)];
    await recordLoad(sandboxId, all);
    return { resources, changes: all, left };
  };
  // Told how far it is, its caller should not see it begin again.
  return inTransaction(apply, { repeatable: false, background: true });
}

function made({ slug, name }: SandboxFile): LoadedChange[] {
  return [{ kind: 'sandbox', action: 'C', about: { slug, name } }];
}

function imported(resources: number): LoadedChange[] {
  return resources > 0 ? [{ kind: 'import', action: 'C', about: { resources: String(resources) } }] : [];
}

/** What a reset brings back: all that the file says, with the hashes of the secrets that it gives. */
function definitionOf(sandbox: SandboxFile, planned: PlannedPart[]): HashedDefinition & { data: unknown[] } {
  return {
    ...sandbox,
    users: [],
    clients: planned.flatMap(({ part, secretHash }) => {
      if (part.kind !== 'client') return [];
      const { clientSecret: _, ...client } = part.client;
      return [{ ...client, clientSecretHash: secretHash }];
    }),
    cdsServices: planned.flatMap(({ part }) => (part.kind === 'cds-service' ? [part.service] : [])),
  };
}

interface Progress {
  context: SourceContext;
  onProgress?: ((written: number, total: number) => void) | undefined;
}

async function putData(
  sandboxId: number,
  { sandbox, checked, data }: CheckedFile,
  { context, onProgress }: Progress,
): Promise<number> {
  let resources = 0;
  if (checked) {
    for await (const batch of inBatches(readData(sandbox, context))) {
      await putResources(sandboxId, withLiteralReferences(batch, checked.identifiers), { now: context.now });
      resources += batch.length;
      onProgress?.(resources, checked.count);
    }
    await refreshStatistics();
  }
  await recordDataDigest(sandboxId, data.digest);
  return resources;
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
