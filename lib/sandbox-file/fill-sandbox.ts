import type { Resource } from 'fhir/r4';
import { inTransaction } from '#lib/data/database/transaction.ts';
import { busyOf } from '#lib/data/database/trouble/busy.ts';
import { identifyAll } from '#lib/data/resource/identified.ts';
import { putIdentified } from '#lib/data/resource/resources.ts';
import { refreshStatistics } from '#lib/data/resource/statistics.ts';
import { forgetUsage, SandboxFull } from '#lib/data/resource/usage.ts';
import { removeSomeResources } from '#lib/data/sandbox/removal.ts';
import { recordDataDigest } from '#lib/data/seed/sandbox-definitions.ts';
import {
  advanceFilling,
  type ClaimedFilling,
  failFilling,
  finishFilling,
  LostClaim,
  releaseFilling,
} from '#lib/data/seed/sandbox-fillings.ts';
import { findSeed } from '#lib/data/seed/sandbox-seeds.ts';
import { log } from '#lib/log/log.ts';
import { backgroundTurns } from '#lib/work/background.ts';
import { isOfEnding, stopWhenEnding } from '#lib/work/ending.ts';
import { checkData } from './check-data.ts';
import { type IdentifierIndex, withLiteralReferences } from './conditional-references.ts';
import type { SourceContext } from './data-source.ts';
import { stateOfData } from './digest.ts';
import { chunksFrom, isGenerated, type Sources, sourcesOf } from './seed-chunks.ts';

/**
 * Fills a sandbox with the data of its seed, batch by batch, letting others have their turn after each. Administrators
 * see why it cannot go on; at the end of the process it is left for the next to go on with.
 * @throws FhirError 503 when the database is in trouble: it goes on from `progress` once that is over
 */
export async function fillSandbox(progress: FillingUnderWay): Promise<void> {
  try {
    stopWhenEnding();
    const seed = await readSeed(progress);
    await empty(progress);
    await layIn(progress, seed);
    await finish(progress, seed);
  } catch (error) {
    if (isOfEnding(error)) return releaseFilling(progress.claim);
    if (busyOf(error)) throw error;
    if (!(error instanceof LostClaim)) await fail(progress.claim, error);
  }
}

async function fail(claim: ClaimedFilling, error: unknown): Promise<void> {
  log.error('A sandbox could not be filled.', { sandboxId: claim.sandboxId, error });
  await failFilling(claim, isExplained(error) ? error.message : 'Something went wrong here.');
}

/** The lane of a sandbox among what this process does in the background. */
export function laneOf({ sandboxId }: Pick<ClaimedFilling, 'sandboxId'>): string {
  return `sandbox ${sandboxId}`;
}

/** The claim held by this process; every step replaces it. */
export interface FillingUnderWay {
  claim: ClaimedFilling;
}

/** Data that cannot be loaded, explained to an administrator. */
class UnusableData extends Error {}

function isExplained(error: unknown): error is Error {
  return error instanceof UnusableData || error instanceof SandboxFull;
}

async function empty(progress: FillingUnderWay): Promise<void> {
  while (progress.claim.empties) {
    const { claim } = progress;
    progress.claim = await inBackground(async () => {
      const held = await advanceFilling(claim, {});
      const removed = await removeSomeResources(claim.sandboxId);
      return removed > 0 ? held : advanceFilling(held, { empties: false });
    });
    await backgroundTurns.pass(laneOf(claim));
  }
  forgetUsage(progress.claim.sandboxId);
}

/** Ends the filling; data of a sandbox file need not be loaded again while they stay as they were. */
async function finish({ claim }: FillingUnderWay, { digest }: Seed): Promise<void> {
  await inBackground(async () => {
    if (digest !== undefined) await recordDataDigest(claim.sandboxId, digest);
    await finishFilling(claim);
  });
}

/** Resources per transaction: enough to save round trips, few enough to let other requests through. */
const batchSize = 200;

async function layIn(progress: FillingUnderWay, { sources, context, identifiers }: Seed): Promise<void> {
  const { position } = progress.claim;
  let batch: Resource[] = [];
  let chunks = 0;
  for await (const { resources } of chunksFrom(sources, context, position)) {
    batch.push(...resources.map(({ resource }) => resource));
    chunks++;
    if (batch.length < batchSize) continue;
    await putBatch(progress, withLiteralReferences(batch, identifiers), chunks);
    [batch, chunks] = [[], 0];
    await backgroundTurns.pass(laneOf(progress.claim));
  }
  if (chunks > 0) await putBatch(progress, withLiteralReferences(batch, identifiers), chunks);
  await refreshStatistics();
}

async function putBatch(progress: FillingUnderWay, batch: Resource[], chunks: number): Promise<void> {
  const { claim } = progress;
  const identified = await identifyAll(batch);
  progress.claim = await inBackground(async () => {
    const done = { position: claim.position + chunks, written: claim.written + batch.length };
    const next = await advanceFilling(claim, done);
    await putIdentified(claim.sandboxId, identified, claim.now);
    return next;
  });
}

/** The checked contents with which a sandbox is to be filled. */
interface Seed {
  sources: Sources;
  context: SourceContext;
  identifiers: IdentifierIndex;
  /** The digest of the data as they were before they were read; undefined without a sandbox file on this server. */
  digest: string | undefined;
}

/**
 * Checks data from files once more before anything is removed: it may have changed or disappeared since the first check,
 * and resolving its references needs the identifiers found.
 */
async function readSeed(progress: FillingUnderWay): Promise<Seed> {
  const { sandboxId, now } = progress.claim;
  const seed = await findSeed(sandboxId);
  const sources = sourcesOf(seed);
  const context = { sandboxFile: sources.file ?? 'the sandbox file', outside: sources.outside, now };
  const written = sources.data.filter((source) => !isGenerated(source));
  const digest = sources.file === undefined ? undefined : (await stateOfData(sources, context)).digest;
  const goOn = keepingClaim(progress);
  const { problems, identifiers } = await checkData({ data: written }, context, new Set(), goOn);
  const [first] = problems;
  if (!first) return { sources, context, identifiers, digest };
  const kept = progress.claim.empties ? ' What the sandbox held is still there.' : '';
  throw new UnusableData(`${first.file} ${first.path}: ${first.reason}.${kept}`);
}

/**
 * Lets others have their turn after each chunk that this process reads, and renews the claim every ten seconds, so that
 * no other process takes over.
 */
function keepingClaim(progress: FillingUnderWay): () => Promise<void> {
  let renewed = Date.now();
  return async () => {
    await backgroundTurns.pass(laneOf(progress.claim));
    if (Date.now() - renewed < 10_000) return;
    progress.claim = await inBackground(() => advanceFilling(progress.claim, {}));
    renewed = Date.now();
  };
}

function inBackground<T>(work: () => Promise<T>): Promise<T> {
  return inTransaction(work, { background: true });
}
