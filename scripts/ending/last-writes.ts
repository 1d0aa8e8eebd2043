import { setTimeout } from 'node:timers/promises';
import { flushAlike } from '#lib/data/audit/alike.ts';
import { auditEmptied, auditState } from '#lib/data/audit/queue.ts';
import { disconnect } from '#lib/data/database/database.ts';
import { usesNoted } from '#lib/data/last-use.ts';
import { usageCounted } from '#lib/data/resource/usage.ts';
import { log } from '#lib/log/log.ts';
import { backgroundStopped } from '#lib/work/background.ts';

/** How long the last writes may take, and then closing the database, in milliseconds. */
const limits = { writing: 5000, closing: 2000 };

interface Others {
  writing?: Promise<unknown>;
  close?: () => Promise<unknown>;
}

/**
 * Writes what answers did not wait for, lets work in the background stop between two steps, and closes the database: all
 * of it within a limit, as the database may be what does not answer.
 * @param others what else writes, such as a sweep that is under way, and what else is closed, whether it succeeds or not
 * @returns whether everything was written
 */
export async function writeLast(others: Others, { writing, closing } = limits): Promise<boolean> {
  const { lost } = auditState();
  const written = (async () => {
    await Promise.all([backgroundStopped(), others.writing, usesNoted()]);
    flushAlike();
    await auditEmptied();
  })();
  const isWritten = await within(writing, written);
  if (!isWritten)
    log.error('The database did not take the last writes in time.', { auditRecords: auditState().waiting });
  // A count of what a sandbox stores only serves this process; it may hold a connection for long.
  await within(closing, Promise.allSettled([usageCounted().then(disconnect), others.close?.()]));
  return isWritten && auditState().lost === lost;
}

/** Whether `work` is done within so many milliseconds. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController();
  const late = setTimeout(milliseconds, false, { signal: timer.signal }).catch(() => false);
  const done = work.then(
    () => true,
    (error) => {
      log.error('Something failed at the end.', { error });
      return false;
    },
  );
  return Promise.race([done, late]).finally(() => timer.abort());
}
