import { setTimeout } from 'node:timers/promises';
import { outsideTransaction } from '#lib/data/database/ambient.ts';
import { readMigrations } from '#lib/data/database/migration/files.ts';
import { missingMigrations } from '#lib/data/database/migration/missing.ts';
import { busyOf, troubleToldBy } from '#lib/data/database/trouble/busy.ts';
import { whileItLasts } from '#lib/log/flood.ts';
import { log } from '#lib/log/log.ts';
import { isEnding } from '#lib/work/ending.ts';
import { processWide } from '#lib/work/process-wide.ts';

/** So long an answer about the database is used again, so that nobody loads it by asking. */
const usedMilliseconds = 1000;
/** The database is asked nothing else while it owes an answer, unless that takes this long. */
const givenUpMilliseconds = 30_000;

interface Limits {
  /** How long the database may take, in milliseconds. */
  patience: number;
}

interface Known {
  why?: string | undefined;
  at: number;
  /** The question that is not answered yet, and when it was asked. */
  asking?: { since: number; answer: Promise<string | undefined> } | undefined;
  names?: string[];
}

const own = processWide<Known>('readiness', () => ({ at: Number.NEGATIVE_INFINITY }));

/** Why the server cannot answer requests now; undefined when it can. Asks the database once a second at most. */
export async function whyNotReady({ patience }: Limits = { patience: 2000 }): Promise<string | undefined> {
  if (isEnding()) return 'The server is ending.';
  const now = performance.now();
  if (now - own.at < usedMilliseconds) return own.why;
  if (!own.asking || now - own.asking.since > givenUpMilliseconds) own.asking = { since: now, answer: ask() };
  return Promise.race([own.asking.answer, late(patience)]);
}

/** Forgets what is known about the database. For tests. @internal */
export function forgetReadiness(): void {
  own.at = Number.NEGATIVE_INFINITY;
  own.asking = undefined;
}

async function late(patience: number): Promise<string> {
  await setTimeout(patience, undefined, { ref: false });
  return 'The database does not answer.';
}

function ask(): Promise<string | undefined> {
  const asked = outsideTransaction(trouble).then((why) => {
    // Who was given up meanwhile has nothing to say any more.
    if (own.asking?.answer === asked) Object.assign(own, { why, at: performance.now(), asking: undefined });
    return why;
  });
  return asked;
}

async function trouble(): Promise<string | undefined> {
  try {
    own.names ??= readMigrations('prisma/migrations').map(({ name }) => name);
  } catch (error) {
    return told('The folder prisma/migrations of this release cannot be read.', error);
  }
  try {
    const missing = await missingMigrations(own.names);
    return missing.length > 0 ? `The database lacks migrations: ${missing.join(', ')}.` : undefined;
  } catch (error) {
    return told(whatFailed(error), error);
  }
}

function told(why: string, error: unknown): string {
  log.warn(why, { error }, whileItLasts);
  return why;
}

/** SQLSTATE for a table that is not there. */
const noTable = '42P01';

function whatFailed(error: unknown): string {
  if (busyOf(error))
    return troubleToldBy(error) === 'unreachable' ? 'The database cannot be reached.' : 'The database is in trouble.';
  const { code } = error as { code?: unknown };
  return code === noTable
    ? 'The database has no tables: no migration was applied to it.'
    : 'The database refuses to say which migrations it has.';
}
