import { setTimeout as startTimer } from 'node:timers';
import { setTimeout } from 'node:timers/promises';
import { count, measureSince } from '#lib/telemetry/metrics.ts';
import { inSpan } from '#lib/telemetry/spans.ts';
import { clientGone } from '#lib/work/waiting-client.ts';
import { type AmbientTransaction, currentTransaction, within } from './ambient.ts';
import { connection } from './database.ts';
import { withoutLimits } from './driver/limits.ts';
import { postponement, waitFor } from './postponable.ts';
import { name, query, sql } from './sql.ts';
import { busyOf, clientHasGone, hasUnknownEnd, overTime, perhapsWritten, troubleToldBy } from './trouble/busy.ts';
import { isTransactionConflict } from './trouble/conflict.ts';

/** How long a transaction may last that a client waits for, and one of work in the background. */
const limits = { request: 30_000, background: 24 * 60 * 60 * 1000 };

/** Prisma ends a transaction by itself only when ours, which comes first, did not reach it. */
const prismaGrace = 5000;

/** Sets how long a transaction of a request may last, in milliseconds. For tests. @internal */
export function useTransactionLimit(milliseconds = 30_000): void {
  limits.request = milliseconds;
}

/** How many tries end in a deadlock before the caller gets an error: each keeps it waiting for about a second. */
const maxAttempts = 4;

/** The longest first pause, in milliseconds; the limit doubles with each further one. */
const maxFirstPause = 25;

export interface TransactionOptions {
  /** False for work that must not be run again, because it consumes a stream or takes long. */
  repeatable?: boolean;
  /**
   * True for work that no client waits for, such as filling a sandbox: it may last for a day, and goes on when the
   * client that started it has gone.
   */
  background?: boolean;
}

/**
 * Runs `work` in one transaction, or in the open one if there is one. Every `database()`, `query`, `lookUp` and
 * `execute` that `work` calls, however deep, takes part in it, and an error rolls all of it back. When the database
 * ends the transaction because of another one, when the connection breaks before its end, or when an error is
 * `Postponable`, `work` is run again, a few times at most. It ends after 30 s, or when its client has gone, except in
 * the background.
 * @throws FhirError 503 when the database has ended it on every try, it lasts too long, its client has gone, or the
 * database is in trouble
 */
export async function inTransaction<T>(
  work: () => Promise<T>,
  { repeatable = true, background = false }: TransactionOptions = {},
): Promise<T> {
  if (currentTransaction()) return work();
  const bounds = background ? boundsOfBackground : boundsOfRequest();
  try {
    return await tried({ work, bounds, attempts: repeatable ? maxAttempts : 1, maxPause: maxFirstPause });
  } catch (thrown) {
    throw busyOf(thrown) ?? thrown;
  }
}

/** An error that ended a transaction when it was being committed, so that nobody knows whether it was. */
class UnknownEnd extends Error {}

/** What ends a transaction early. */
interface Bounds {
  limit: number;
  /** When it must have ended, with all tries, in milliseconds of `performance.now()`. */
  until: number;
  gone: AbortSignal | undefined;
  /** Run first in the transaction. */
  prepare: () => Promise<unknown>;
}

function boundsOfRequest(): Bounds {
  const limit = limits.request;
  return { limit, until: performance.now() + limit, gone: clientGone(), prepare: async () => {} };
}

const boundsOfBackground: Bounds = {
  limit: limits.background,
  until: Number.POSITIVE_INFINITY,
  gone: undefined,
  // The limits of the connection are those of requests.
  prepare: () => query(sql`${name(withoutLimits)}`),
};

interface Attempt<T> {
  work: () => Promise<T>;
  bounds: Bounds;
  attempts: number;
  maxPause: number;
}

async function tried<T>({ work, bounds, attempts, maxPause }: Attempt<T>): Promise<T> {
  try {
    return await measured(() => once(work, bounds));
  } catch (thrown) {
    await beforeNextTry(thrown, attempts === 1, maxPause);
  }
  return tried({ work, bounds, attempts: attempts - 1, maxPause: 2 * maxPause });
}

async function measured<T>(work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const told = (result: string) => measureSince('ehr_transaction_duration_seconds', began, { result });
  try {
    const answer = await inSpan('transaction', {}, work);
    told('committed');
    return answer;
  } catch (thrown) {
    told(isTransactionConflict(thrown) ? 'conflict' : 'undone');
    throw thrown;
  }
}

/** Waits for what may make the next try succeed. @throws what ended the last one, if there is to be none */
async function beforeNextTry(thrown: unknown, isLast: boolean, maxPause: number): Promise<void> {
  const until = postponement(thrown);
  if (until && !isLast) {
    count('ehr_transaction_retries_total', { reason: 'postponed' });
    return waitFor(until);
  }
  if (thrown instanceof UnknownEnd) throw perhapsWritten(thrown.cause);
  const isConflict = isTransactionConflict(thrown);
  const isUndone = isConflict || troubleToldBy(thrown) === 'lost';
  if (isLast || !isUndone) throw thrown;
  count('ehr_transaction_retries_total', { reason: isConflict ? 'conflict' : 'lost' });
  // A random pause, so that two transactions that met do not meet again.
  await setTimeout(Math.random() * maxPause);
}

async function once<T>(work: () => Promise<T>, bounds: Bounds): Promise<T> {
  const progress = { isDone: false };
  try {
    return await begun(work, bounds, progress);
  } catch (thrown) {
    if (!progress.isDone || !hasUnknownEnd(thrown)) throw thrown;
    throw new UnknownEnd('The end of a transaction is unknown.', { cause: thrown });
  }
}

function begun<T>(work: () => Promise<T>, bounds: Bounds, progress: { isDone: boolean }): Promise<T> {
  return connection().prisma.$transaction(
    async (client) => {
      const ambient: AmbientTransaction = { client, state: 'open', background: bounds === boundsOfBackground };
      const prepared = async () => {
        await bounds.prepare();
        return work();
      };
      try {
        const result = await untilBounds(bounds, () => within(ambient, prepared));
        ambient.state = 'ended';
        progress.isDone = true;
        return result;
      } catch (thrown) {
        ambient.state = 'undone';
        throw thrown;
      }
    },
    { timeout: bounds.limit + prismaGrace },
  );
}

/**
 * The result of `work`, unless its time is over or its client has gone first: then an error, and the transaction is
 * undone. Whatever `work` still sends to the database afterwards is refused.
 */
async function untilBounds<T>({ limit, until, gone }: Bounds, work: () => Promise<T>): Promise<T> {
  if (gone?.aborted) throw clientHasGone();
  const ended = Promise.withResolvers<never>();
  const leave = () => ended.reject(clientHasGone());
  gone?.addEventListener('abort', leave, { once: true });
  const left = Math.min(limit, until - performance.now());
  const timer = startTimer(() => ended.reject(overTime(limit)), Math.max(left, 1));
  try {
    return await Promise.race([work(), ended.promise]);
  } finally {
    clearTimeout(timer);
    gone?.removeEventListener('abort', leave);
  }
}
