import { storableText } from '#lib/smart/storable-json.ts';
import { processWide } from '#lib/work/process-wide.ts';
import { database } from '../database/database.ts';
import { execute, query, sql } from '../database/sql.ts';

/** The filling of a sandbox: how far its data have been written. */
interface Filling {
  sandboxId: number;
  /** Whether existing data must be removed first. */
  empties: boolean;
  /** How many resources have been written so far. */
  written: number;
  /** How many chunks have been written, and of how many as far as is known; nearly every chunk is one patient. */
  position: number;
  total: number;
  /** Why it cannot continue. */
  failure: string | null;
}

/** A filling that this process works on. The lease ends at `leaseUntil` unless the process makes progress. */
export interface ClaimedFilling extends Filling {
  now: Date;
  leaseUntil: Date;
}

/** Thrown when a filling is no longer ours: another process has it, it began again, or its sandbox is gone. */
export class LostClaim extends Error {}

/** A process that has made no progress for this long is taken to be dead. */
const leaseMilliseconds = 60_000;

/** Starts the filling of a sandbox from the beginning; whichever process claims it first does the work. */
export async function beginFilling(
  sandboxId: number,
  { empties, total, now }: { empties: boolean; total: number; now: Date },
): Promise<void> {
  const begun = { empties, total, now, written: 0, position: 0, leaseUntil: null, failure: null };
  await database().sandboxFilling.upsert({
    where: { sandboxId },
    create: { sandboxId, ...begun },
    update: begun,
  });
}

const selected = { sandboxId: true, empties: true, written: true, position: true, total: true, failure: true } as const;

/** The sandboxes with which this process cannot go on at the moment. */
const waiting = processWide('waiting-fillings', () => new Set<number>());

/** Notes that this process waits, or waits no longer, for the database to go on with a sandbox. */
export function noteWaiting(sandboxId: number, isWaiting: boolean): void {
  if (isWaiting) waiting.add(sandboxId);
  else waiting.delete(sandboxId);
}

/** A filling as people see it. */
export interface ShownFilling extends Filling {
  /** Whether it makes no progress now, but will by itself: this process waits for the database, or the one that had it died. */
  isWaiting: boolean;
}

/** The fillings of the sandboxes with these ids. */
export async function findFillings(sandboxIds: number[], now = new Date()): Promise<ShownFilling[]> {
  const where = { sandboxId: { in: sandboxIds } };
  const found = await database().sandboxFilling.findMany({ where, select: { ...selected, leaseUntil: true } });
  return found.map(({ leaseUntil, ...filling }) => ({
    ...filling,
    isWaiting: waiting.has(filling.sandboxId) || (leaseUntil !== null && leaseUntil < now),
  }));
}

interface ClaimOptions {
  at?: Date;
  except?: number[];
}

/**
 * Claims a filling that no process works on; undefined when there is none.
 * @param except sandboxes that this process works on already, slow as it may be
 */
export async function claimFilling({
  at = new Date(),
  except = [],
}: ClaimOptions = {}): Promise<ClaimedFilling | undefined> {
  const leaseUntil = new Date(at.getTime() + leaseMilliseconds);
  const [row] = await query<ClaimedFilling>(sql`
    UPDATE sandbox_filling SET lease_until = ${leaseUntil} WHERE sandbox_id = (
      SELECT sandbox_id FROM sandbox_filling
      WHERE failure IS NULL AND (lease_until IS NULL OR lease_until < ${at})
        AND sandbox_id <> ALL (${except}::int[])
      ORDER BY sandbox_id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING sandbox_id AS "sandboxId", empties, written, position, total, failure, now`);
  return row && { ...row, leaseUntil };
}

/** The progress of one step of a filling. */
export type FillingProgress = Partial<Pick<Filling, 'empties' | 'written' | 'position'>>;

/**
 * Records the progress of a step in the transaction of the step, and renews the lease.
 * @throws LostClaim, which must roll the step back, when the filling is no longer ours
 */
export async function advanceFilling(claim: ClaimedFilling, progress: FillingProgress): Promise<ClaimedFilling> {
  const next = { ...claim, ...progress, leaseUntil: new Date(Date.now() + leaseMilliseconds) };
  const count = await execute(
    sql`UPDATE sandbox_filling SET lease_until = ${next.leaseUntil}, empties = ${next.empties},
        written = ${next.written}, position = ${next.position}
      WHERE sandbox_id = ${claim.sandboxId}::int AND lease_until = ${claim.leaseUntil}`,
  );
  if (count !== 1) throw new LostClaim();
  return next;
}

/** Ends a filling whose data are complete. */
export async function finishFilling({ sandboxId, leaseUntil }: ClaimedFilling): Promise<void> {
  await database().sandboxFilling.deleteMany({ where: { sandboxId, leaseUntil } });
}

/** Gives a filling back as it stands, for whichever process claims it next to go on without waiting for the lease. */
export async function releaseFilling({ sandboxId, leaseUntil }: ClaimedFilling): Promise<void> {
  await database().sandboxFilling.updateMany({ where: { sandboxId, leaseUntil }, data: { leaseUntil: null } });
}

/** Stops a filling that cannot continue, with a reason that administrators see. */
export async function failFilling({ sandboxId, leaseUntil }: ClaimedFilling, failure: string): Promise<void> {
  const data = { failure: storableText(failure.slice(0, 500)), leaseUntil: null };
  await database().sandboxFilling.updateMany({ where: { sandboxId, leaseUntil }, data });
}
