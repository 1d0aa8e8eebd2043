import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { OwnTransaction, Session } from '../driver/driver.ts';
import { type Migration, readMigrations } from './files.ts';
import { lockLedger, noteApplied, readLedger } from './ledger.ts';
import { type Plan, planOf } from './plan.ts';
import { failed, isLocked, stillLocked } from './trouble.ts';

export interface MigrationOptions {
  folder?: string;
  /** Told what whoever waits for the start should know, a line at a time. */
  tell?: (line: string) => void;
  /** How often a migration tries to get its tables, for how long each time, and the pause between, in milliseconds. */
  patience?: Patience;
}

interface Patience {
  tries: number;
  lockTimeout: number;
  pause: number;
}

/** A wait for a table makes everybody else wait for it behind us, so it is short, and repeated for two minutes. */
const patient: Patience = { tries: 20, lockTimeout: 4000, pause: 2000 };

/**
 * Applies the migrations of `folder` that the database does not have yet, each in one transaction with the note that it
 * has it: whatever ends the process, the next start goes on where this one was. Other processes wait meanwhile.
 * @returns the names of the migrations that were applied.
 * @throws Error when a migration fails, which is undone then, or the database is that of a newer release.
 */
export async function applyMigrations(
  { ownTransaction }: { ownTransaction: OwnTransaction },
  { folder = join(process.cwd(), 'prisma/migrations'), tell = () => {}, patience = patient }: MigrationOptions = {},
): Promise<string[]> {
  const start: Start = { ownTransaction, migrations: readMigrations(folder), tell: once(tell), patience };
  const applied: string[] = [];
  for (;;) {
    const name = await applyNext(start, patience.tries);
    if (!name) return applied;
    applied.push(name);
  }
}

interface Start extends Required<Omit<MigrationOptions, 'folder'>> {
  ownTransaction: OwnTransaction;
  migrations: Migration[];
  /** Whether the database had no migrations when it was first looked at, and so no data. */
  isNew?: boolean;
}

/** Tells each line once. */
function once(tell: (line: string) => void): (line: string) => void {
  const told = new Set<string>();
  return (line) => {
    if (!told.has(line)) tell(line);
    told.add(line);
  };
}

/** Applies the oldest migration that the database does not have. @returns its name; undefined when there is none */
async function applyNext(start: Start, tries: number): Promise<string | undefined> {
  const { ownTransaction, migrations, tell, patience } = start;
  let plan: Plan | undefined;
  try {
    return await ownTransaction(async (session) => {
      await lockLedger(session, () => tell('• Another process is bringing the database up to date; waiting for it'));
      plan = planOf(migrations, await readLedger(session));
      start.isNew ??= !plan.hasAny;
      announce(plan, start.isNew, tell);
      if (plan.next) await apply(session, plan.next, patience);
      return plan.next?.name;
    });
  } catch (thrown) {
    if (!plan?.next) throw thrown;
    if (!isLocked(thrown)) throw failed(plan.next, plan.begunBefore, thrown);
    if (tries === 1) throw stillLocked(plan.next, thrown);
    tell(`• Migration ${plan.next.name} waits for other work in the database to end`);
  }
  await setTimeout(patience.pause);
  return applyNext(start, tries - 1);
}

async function apply(session: Session, migration: Migration, { lockTimeout }: Patience): Promise<void> {
  await session.ask(`SELECT set_config('lock_timeout', $1, true)`, [`${lockTimeout}ms`]);
  await session.run(migration.script);
  await noteApplied(session, migration);
}

function announce({ next, begunBefore, changed }: Plan, isNew: boolean, tell: (line: string) => void): void {
  for (const name of changed) tell(`! The file of migration ${name} is not the one that the database has applied.`);
  if (!next) return;
  if (begunBefore) tell(`• Migration ${next.name} broke off in an earlier start, and is done again`);
  if (isNew || !next.rewrites) return;
  tell(`• Migration ${next.name} rewrites ${next.rewrites}. Only a backup from before brings back what was there.`);
}
