import { env } from '#lib/env.ts';
import { log } from '#lib/log/log.ts';
import { processWide } from '#lib/work/process-wide.ts';
import { outsideTransaction } from '../database/ambient.ts';
import { Postponable } from '../database/postponable.ts';
import { query, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { busyOf } from '../database/trouble/busy.ts';

/** The refusal of what a sandbox has no room for; the message names the setting. */
export class SandboxFull extends Postponable {
  constructor(what: string, recounted?: Promise<void>) {
    const message = `This sandbox ${what} of this server. Delete what is not needed, or reset the sandbox.`;
    super(507, 'too-costly', message, recounted);
  }
}

interface Amount {
  resources: number;
  bytes: number;
}

/** How much a sandbox stores, as this process knows it. */
interface Usage {
  counted: Amount;
  /** What this process wrote since that count began. */
  added: Amount;
  /**
   * When it was counted last, when anew for a refusal, and when counting failed last, in epoch milliseconds; and how
   * long the last count took.
   */
  countedAt: number;
  freshAt: number;
  failedAt: number;
  took: number;
  counting?: Promise<void> | undefined;
}

/** By sandbox. Every process counts for itself, so that writing needs no row that all writers would wait for. */
const usages = processWide('usages', () => new Map<number, Usage>());

/** A count is used for at least a minute, and for so long that counting takes a hundredth of the time. */
const usedMilliseconds = 60_000;
const share = 100;

/** Before anybody is refused, it is counted anew, but not more often than this. */
const trustedMilliseconds = 10_000;

/** After a count that failed, it is not tried again before this time: it may be what the database cannot bear. */
const pauseMilliseconds = 5 * 60_000;
/** The same when the database was in trouble for another reason, so that counting is not what it cannot bear. */
const troublePauseMilliseconds = 30_000;

/**
 * Makes sure that a sandbox has room for what is about to be written. Costs no statement: what is stored is counted now
 * and then, in the background, and what this process writes is added. What others write is seen at the next count.
 * @throws SandboxFull when it has as many resources or bytes as a sandbox may; it is `until` a fresh count, unless there
 * was one a moment ago or counting fails, so that the transaction is tried once more
 */
export async function requireRoom(sandboxId: number, wanted: Amount): Promise<void> {
  const usage = usages.get(sandboxId) ?? unknown();
  usages.set(sandboxId, usage);
  const full = isFull(usage, wanted);
  if (full) throw new SandboxFull(full, countForRefusal(sandboxId, usage));
  if (mayCount(usage, usage.countedAt, Math.max(usedMilliseconds, share * usage.took))) countAside(sandboxId, usage);
  // After the count has begun, which may not see what this transaction writes; at worst it is counted twice.
  usage.added = sum(usage.added, wanted);
}

function countForRefusal(sandboxId: number, usage: Usage): Promise<void> | undefined {
  if (!mayCount(usage, usage.freshAt, Math.max(trustedMilliseconds, 10 * usage.took))) return undefined;
  usage.freshAt = Date.now();
  return countAside(sandboxId, usage);
}

function mayCount({ failedAt }: Usage, last: number, interval: number): boolean {
  return Date.now() - last > interval && Date.now() - failedAt > pauseMilliseconds;
}

function unknown(): Usage {
  const nothing = { resources: 0, bytes: 0 };
  return { counted: nothing, added: nothing, countedAt: 0, freshAt: 0, failedAt: 0, took: 0 };
}

function sum(one: Amount, other: Amount, sign = 1): Amount {
  return { resources: one.resources + sign * other.resources, bytes: one.bytes + sign * other.bytes };
}

/** Forgets how much a sandbox stored, when much of it was taken out. */
export function forgetUsage(sandboxId: number): void {
  usages.delete(sandboxId);
}

/** Resolves when nothing is being counted. */
export async function usageCounted(): Promise<void> {
  await Promise.all([...usages.values()].map(({ counting }) => counting));
}

function isFull({ counted, added }: Usage, wanted: Amount): string | undefined {
  const { limits } = env();
  const { resources, bytes } = sum(sum(counted, added), wanted);
  if (wanted.resources > 0 && resources > limits.sandboxResources) {
    return `may hold ${limits.sandboxResources} resources, the limit (MAX_SANDBOX_RESOURCES)`;
  }
  if (bytes <= limits.sandboxBytes) return undefined;
  return `may hold ${limits.sandboxBytes / 1024 / 1024} MB with all versions, the limit (MAX_SANDBOX_MB)`;
}

/** Counts without anybody's transaction, client or limit of time. When that fails, the last figure stays in use. */
function countAside(sandboxId: number, usage: Usage): Promise<void> {
  // Read now: what is added from here on may not be committed when the count begins.
  const before = usage.added;
  usage.counting ??= outsideTransaction(() =>
    inTransaction(() => count(sandboxId, usage, before), { background: true }),
  )
    .catch((error) => {
      const trouble = busyOf(error);
      const isShort = trouble !== undefined && trouble.issueCode !== 'timeout';
      usage.failedAt = Date.now() - (isShort ? pauseMilliseconds - troublePauseMilliseconds : 0);
      if (!trouble) log.error('What a sandbox stores could not be counted.', { sandboxId, error });
    })
    .finally(() => {
      usage.counting = undefined;
    });
  return usage.counting;
}

/** Lengths of texts are known without reading them. */
async function count(sandboxId: number, usage: Usage, before: Amount): Promise<void> {
  const began = Date.now();
  const [counted = usage.counted] = await query<Amount>(
    sql`SELECT current.resources, current.bytes + former.bytes AS bytes FROM
      (SELECT (count(*) FILTER (WHERE NOT deleted))::float8 AS resources,
          coalesce(sum(octet_length(content)), 0)::float8 AS bytes
        FROM resource WHERE sandbox_id = ${sandboxId}::int) AS current,
      (SELECT coalesce(sum(octet_length(content)), 0)::float8 AS bytes
        FROM resource_version WHERE sandbox_id = ${sandboxId}::int) AS former`,
  );
  const added = sum(usage.added, before, -1);
  Object.assign(usage, { counted, added, countedAt: Date.now(), took: Date.now() - began });
}
