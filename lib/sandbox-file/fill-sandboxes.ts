import { setImmediate } from 'node:timers/promises';
import type { Resource } from 'fhir/r4';
import { inTransaction } from '#lib/data/database/transaction.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { refreshStatistics } from '#lib/data/resource/statistics.ts';
import { purgeDeleted } from '#lib/data/sandbox/deleted-sandboxes.ts';
import { removeSomeResources } from '#lib/data/sandbox/resources.ts';
import {
  advanceFilling,
  type ClaimedFilling,
  claimFilling,
  failFilling,
  finishFilling,
  LostClaim,
} from '#lib/data/seed/sandbox-fillings.ts';
import { findSeed } from '#lib/data/seed/sandbox-seeds.ts';
import { checkData } from './check-data.ts';
import { type IdentifierIndex, withLiteralReferences } from './conditional-references.ts';
import type { SourceContext } from './data-source.ts';
import { chunksFrom, isGenerated, type Sources } from './seed-chunks.ts';

let working: Promise<void> | undefined;

/**
 * Goes on with everything that sandboxes wait for: lays in data a batch at a time, and clears away what deleted ones
 * have left. To be called after each such change, and now and then, for what a process left that has died; one call at
 * a time works in a process, and several processes share the work.
 */
export function workOnSandboxes(): Promise<void> {
  working ??= work().finally(() => {
    working = undefined;
  });
  return working;
}

async function work(): Promise<void> {
  await purgeDeleted();
  for (let claim = await claimFilling(); claim; claim = await claimFilling()) await fill(claim);
}

async function fill(claim: ClaimedFilling): Promise<void> {
  const progress = { claim };
  try {
    const seed = await readSeed(progress);
    await empty(progress);
    await layIn(progress, seed);
    await finishFilling(progress.claim);
  } catch (error) {
    if (error instanceof LostClaim) return;
    console.error(`Sandbox ${claim.sandboxId} could not be filled:`, error);
    await failFilling(progress.claim, error instanceof UnusableData ? error.message : 'Something went wrong here.');
  }
}

/** How far the work is; each step replaces the claim. */
interface Progress {
  claim: ClaimedFilling;
}

/** Data that cannot be used, in words for an administrator. */
class UnusableData extends Error {}

async function empty(progress: Progress): Promise<void> {
  while (progress.claim.empties) {
    const { claim } = progress;
    progress.claim = await inTransaction(async () => {
      const held = await advanceFilling(claim, {});
      const removed = await removeSomeResources(claim.sandboxId);
      return removed > 0 ? held : advanceFilling(held, { empties: false });
    });
    await setImmediate();
  }
}

/** Enough resources at a time that the database is asked seldom, and few enough that other requests come between. */
const batchSize = 200;

async function layIn(progress: Progress, { sources, context, identifiers }: Seed): Promise<void> {
  const { position } = progress.claim;
  let batch: Resource[] = [];
  let chunks = 0;
  for await (const { resources } of chunksFrom(sources, context, position)) {
    batch.push(...resources.map(({ resource }) => resource));
    chunks++;
    if (batch.length < batchSize) continue;
    await putBatch(progress, withLiteralReferences(batch, identifiers), chunks);
    [batch, chunks] = [[], 0];
    await setImmediate();
  }
  if (chunks > 0) await putBatch(progress, withLiteralReferences(batch, identifiers), chunks);
  await refreshStatistics();
}

async function putBatch(progress: Progress, batch: Resource[], chunks: number): Promise<void> {
  const { claim } = progress;
  progress.claim = await inTransaction(async () => {
    const done = { position: claim.position + chunks, written: claim.written + batch.length };
    const next = await advanceFilling(claim, done);
    await putResources(claim.sandboxId, batch, { now: claim.now });
    return next;
  });
}

/** What a sandbox is filled with, once it has been seen to be there and valid. */
interface Seed {
  sources: Sources;
  context: SourceContext;
  identifiers: IdentifierIndex;
}

/**
 * Reads once what others have written, before anything is taken out: it may have changed since it was checked, or be
 * gone, and its references need a second look.
 */
async function readSeed(progress: Progress): Promise<Seed> {
  const { sandboxId, now } = progress.claim;
  const seed = await findSeed(sandboxId);
  const sources = { file: seed?.file, data: (seed?.data ?? []) as Sources['data'] };
  const context = { sandboxFile: sources.file ?? 'the sandbox file', now };
  const written = sources.data.filter((source) => !isGenerated(source));
  const goOn = keepingClaim(progress);
  const { problems, identifiers } = await checkData({ data: written }, context, new Set(), goOn);
  const [first] = problems;
  if (!first) return { sources, context, identifiers };
  const kept = progress.claim.empties ? ' What the sandbox held is still there.' : '';
  throw new UnusableData(`${first.file} ${first.path}: ${first.reason}.${kept}`);
}

/** Other processes must not take over while this one reads, which may be long. */
function keepingClaim(progress: Progress): () => Promise<void> {
  let renewed = Date.now();
  return async () => {
    if (Date.now() - renewed < 10_000) return;
    progress.claim = await inTransaction(() => advanceFilling(progress.claim, {}));
    renewed = Date.now();
  };
}
