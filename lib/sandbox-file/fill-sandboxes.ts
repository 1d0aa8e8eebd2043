import { persist } from '#lib/data/database/persist.ts';
import { findDeleted, purgeSandbox } from '#lib/data/sandbox/deleted-sandboxes.ts';
import { claimFilling, noteWaiting } from '#lib/data/seed/sandbox-fillings.ts';
import { backgroundTurns } from '#lib/work/background.ts';
import { isEnding, isOfEnding } from '#lib/work/ending.ts';
import { processWide } from '#lib/work/process-wide.ts';
import { fillSandbox, laneOf } from './fill-sandbox.ts';

/** How many sandboxes a process fills at the same time; their turns come round well within the lease of a filling. */
const maxFillings = 50;

/** What this process works on, by sandbox, and whoever waits for it to be done. */
interface Works {
  filling: Map<number, Promise<void>>;
  purging: Map<number, Promise<void>>;
  working?: Promise<void> | undefined;
}

const own = processWide<Works>('sandbox-works', () => ({ filling: new Map(), purging: new Map() }));
const { filling, purging } = own;

/**
 * Does pending work on sandboxes: fills them batch by batch, and removes what deleted ones left behind, in turns, so
 * that none waits for a larger one to be done. While the database is in trouble, they wait for its end. Called after
 * each such change, and from time to time to take over from a process that died. Several processes share the work.
 * Resolves when nothing is left to do, or the process ends.
 */
export async function workOnSandboxes(): Promise<void> {
  await beginWork();
  while (filling.size + purging.size > 0) {
    own.working ??= untilDone().finally(() => {
      own.working = undefined;
    });
    await own.working;
  }
}

async function untilDone(): Promise<void> {
  for (let works = underWay(); works.length > 0; works = underWay()) {
    await Promise.race(works);
    await beginWork();
  }
}

function underWay(): Promise<void>[] {
  return [...filling.values(), ...purging.values()];
}

async function beginWork(): Promise<void> {
  if (isEnding()) return;
  for (const sandboxId of await findDeleted()) {
    if (!purging.has(sandboxId)) begin(purging, sandboxId, (pass) => purgeSandbox(sandboxId, pass));
  }
  while (filling.size < maxFillings) {
    const claim = await claimFilling({ except: [...filling.keys()] });
    if (!claim) return;
    const progress = { claim };
    begin(filling, claim.sandboxId, () => fillSandbox(progress));
  }
}

function begin(
  works: Map<number, Promise<void>>,
  sandboxId: number,
  work: (pass: () => Promise<void>) => Promise<void>,
): void {
  const lane = laneOf({ sandboxId });
  const inTurns = () => {
    noteWaiting(sandboxId, false);
    return backgroundTurns.run(lane, () => work(() => backgroundTurns.pass(lane)));
  };
  const done = persist(inTurns, { onWait: () => noteWaiting(sandboxId, true) })
    .catch(unlessEnding)
    .finally(() => {
      noteWaiting(sandboxId, false);
      works.delete(sandboxId);
    });
  // Whoever waits for it reports a failure; this only keeps it from counting as unhandled until then.
  done.catch(() => undefined);
  works.set(sandboxId, done);
}

/** What the end of the process stopped goes on with the next one. */
function unlessEnding(thrown: unknown): void {
  if (!isOfEnding(thrown)) throw thrown;
}
