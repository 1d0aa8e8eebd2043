import { database } from '../database/database.ts';
import { execute, query, sql } from '../database/sql.ts';

/** Data on their way into a sandbox. */
export interface Filling {
  sandboxId: number;
  /** What is there must be taken out first. */
  empties: boolean;
  /** Resources written so far. */
  written: number;
  /** Chunks of data that are in, of how many as far as is known: nearly all are one patient each. */
  position: number;
  total: number;
  /** Why it cannot go on. */
  failure: string | null;
}

/** A filling that this process works on, until `leaseUntil` or for as long as it goes on with it. */
export interface ClaimedFilling extends Filling {
  now: Date;
  leaseUntil: Date;
}

/** Another process works on it by now, it began anew, or its sandbox is gone. */
export class LostClaim extends Error {}

/** A process that has not gone on for so long is taken to have died. */
const leaseMilliseconds = 60_000;

/** Has data laid into the sandbox, from the beginning, by whichever process comes first. */
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

/** Those of the sandboxes with these ids that are being filled. */
export function findFillings(sandboxIds: number[]): Promise<Filling[]> {
  return database().sandboxFilling.findMany({ where: { sandboxId: { in: sandboxIds } }, select: selected });
}

/** A filling that nobody works on, now ours; undefined: there is none. */
export async function claimFilling(at = new Date()): Promise<ClaimedFilling | undefined> {
  const leaseUntil = new Date(at.getTime() + leaseMilliseconds);
  const [row] = await query<ClaimedFilling>(sql`
    UPDATE sandbox_filling SET lease_until = ${leaseUntil} WHERE sandbox_id = (
      SELECT sandbox_id FROM sandbox_filling
      WHERE failure IS NULL AND (lease_until IS NULL OR lease_until < ${at})
      ORDER BY sandbox_id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING sandbox_id AS "sandboxId", empties, written, position, total, failure, now`);
  return row && { ...row, leaseUntil };
}

/** What a step of the work has done. */
export type FillingProgress = Partial<Pick<Filling, 'empties' | 'written' | 'position'>>;

/**
 * Notes what a step has done, as part of its transaction, and that we go on.
 * @throws LostClaim, which must undo the step, when the filling is no longer ours
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

/** All data are in. */
export async function finishFilling({ sandboxId, leaseUntil }: ClaimedFilling): Promise<void> {
  await database().sandboxFilling.deleteMany({ where: { sandboxId, leaseUntil } });
}

/** It cannot go on, for a reason that an administrator is shown. */
export async function failFilling({ sandboxId, leaseUntil }: ClaimedFilling, failure: string): Promise<void> {
  const data = { failure: failure.slice(0, 500), leaseUntil: null };
  await database().sandboxFilling.updateMany({ where: { sandboxId, leaseUntil }, data });
}
