import { requireTransaction } from '../database/ambient.ts';
import type { AppliedChange, LeftPart, Outcome } from './applied.ts';
import type { GivenPart } from './given.ts';
import type { PartKind } from './parts.ts';
import type { PlannedPart } from './plan.ts';
import { putPart } from './put-part.ts';
import { takeBack } from './take-back.ts';

/** What applying a file came to. */
export interface AppliedPlan {
  changes: AppliedChange[];
  /** What was left as it is, against what the file says. */
  left: LeftPart[];
  /** Whether some of that is to be tried again at the next start. */
  again: boolean;
  /** What the file has now given. */
  parts: GivenPart[];
}

/** Apps stand before the scenarios that open them. */
const order: readonly PartKind[] = ['setting', 'client', 'user', 'cds-service', 'scenario'];

/**
 * Writes what a file has changed since it was last applied, and takes back what it no longer names, in the transaction
 * that applies it.
 * @param gone what it gave before, and names no longer
 */
export async function applyPlan(sandboxId: number, planned: PlannedPart[], gone: GivenPart[]): Promise<AppliedPlan> {
  requireTransaction();
  const applied: AppliedPlan = { changes: [], left: [], again: false, parts: [] };
  for (const one of planned.toSorted((a, b) => placeOf(a) - placeOf(b))) {
    const outcome = await putPart(sandboxId, one);
    note(applied, outcome);
    const remembered = outcome.again ? one.given : rememberedOf(one, outcome.row);
    if (remembered) applied.parts.push(remembered);
  }
  for (const given of gone.toReversed()) await takeBackOne(sandboxId, given, applied);
  return applied;
}

async function takeBackOne(sandboxId: number, given: GivenPart, applied: AppliedPlan): Promise<void> {
  if (given.takenBack) {
    // Kept in mind until the file names it again.
    applied.parts.push(given);
    return;
  }
  const outcome = await takeBack(sandboxId, given);
  note(applied, outcome);
  if (outcome.again) applied.parts.push(given);
  else if (outcome.disabled) applied.parts.push({ ...given, takenBack: true });
}

/** Administrators come before other users, so that there is one before another ceases to be one. */
function placeOf({ part }: PlannedPart): number {
  const late = part.kind === 'user' && part.user.role !== 'admin' ? 0.5 : 0;
  return order.indexOf(part.kind) + late;
}

function note(applied: AppliedPlan, { changes, left, again }: Outcome): void {
  applied.changes.push(...changes);
  if (left) applied.left.push(left);
  if (again) applied.again = true;
}

function rememberedOf({ part, given, secretHash }: PlannedPart, row = given?.row): GivenPart {
  const { kind, key, digest, members } = part;
  const remembered: GivenPart = { kind, key, digest, members };
  if (secretHash !== null) remembered.secretHash = secretHash;
  if (row !== undefined) remembered.row = row;
  if (part.kind === 'user') remembered.username = part.user.username;
  return remembered;
}
