import { usualRate } from '#lib/log/flood.ts';
import { log } from '#lib/log/log.ts';
import { processWide } from '#lib/work/process-wide.ts';
import { noteTroubleOfRequest } from '#lib/work/request-trouble.ts';
import { troubleOf } from './trouble.ts';

/** How often the same trouble is told. */
const everyMilliseconds = 60_000;

interface Told {
  at: number;
  /** How many statements have failed since then. */
  more: number;
}

interface Log {
  told: Map<string, Told>;
  /** Since when the database cannot be reached, in epoch milliseconds; undefined while it answers. */
  goneSince?: number | undefined;
}

const own = processWide<Log>('trouble-log', () => ({ told: new Map() }));

const words = {
  slow: 'took too long',
  held: 'kept a statement waiting for what others hold',
  crowded: 'has no connection or memory left',
  unreachable: 'cannot be reached',
  lost: 'broke off a connection',
  silent: 'gave no answer',
  closed: 'takes no changes',
};

/**
 * Notes that a statement failed because of trouble of the database: tells it in the log, each kind once a minute at
 * most, and remembers it for the answer to the request.
 */
export function noteTrouble(thrown: unknown, now = Date.now()): void {
  const trouble = troubleOf(thrown);
  if (!trouble) return;
  noteTroubleOfRequest();
  if (trouble === 'unreachable') own.goneSince ??= now;
  const before = own.told.get(trouble);
  if (before && now - before.at < everyMilliseconds) {
    before.more += 1;
    return;
  }
  const { message, code } = thrown as { message?: string; code?: string };
  const reason = [code, message].filter(Boolean).join(' ');
  const leftOut = before?.more || undefined;
  log.error(
    'The database is in trouble.',
    { trouble: words[trouble], reason, leftOut },
    { ...usualRate, kind: trouble },
  );
  own.told.set(trouble, { at: now, more: 0 });
}

/** Notes that the database has answered, and tells so when it could not be reached before. */
export function noteAnswer(now = Date.now()): void {
  if (own.goneSince === undefined) return;
  log.info('The database answers again.', { seconds: Math.ceil((now - own.goneSince) / 1000) });
  own.goneSince = undefined;
  own.told.delete('unreachable');
}

/** Forgets what was told. For tests. @internal */
export function forgetTrouble(): void {
  own.told.clear();
  own.goneSince = undefined;
}
