import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import type { AuditRecord } from '#lib/fhir/audit/record.ts';
import { log } from '#lib/log/log.ts';
import { count, showGauge } from '#lib/telemetry/metrics.ts';
import { processWide } from '#lib/work/process-wide.ts';
import { outsideTransaction } from '../database/ambient.ts';
import { StatementError } from '../database/statement-error.ts';
import { busyOf } from '../database/trouble/busy.ts';
import { type LoggedRecord, writeAuditRecords } from './events.ts';

/** A batch is written after `maxWaitMilliseconds`, or as soon as it is full. */
const maxWaitMilliseconds = 200;
const fullBatch = 500;
/**
 * The most records that may wait while the database takes none; further ones are dropped, so that memory stays bounded.
 */
const maxWaiting = 20_000;
/** After this many failures a batch is dropped, so that it does not hold up those behind it; trouble that passes counts as none. */
const maxTries = 5;
/** The pauses while the database is in trouble: the first, and the longest. */
const pauses = { first: 1000, most: 30_000 };
/** How long the end of the process waits for a database in trouble. */
const maxWaitAtEnd = 5000;

interface Queue {
  waiting: LoggedRecord[];
  /** How many of the records that were ever queued, the oldest first, are written or dropped. */
  done: number;
  timer?: ReturnType<typeof setTimeout> | undefined;
  writing?: Promise<void> | undefined;
  /** How many times writing the batch at the head has failed. */
  tries: number;
  /** How many were dropped, and how many of them the log was told. */
  lost: number;
  told: number;
  /** How long the pause is in which the database is in trouble and nothing is written, and its end; 0 without trouble. */
  pause: number;
  resumesAt: number;
}

const own = processWide<Queue>('audit-queue', () => ({
  waiting: [],
  done: 0,
  tries: 0,
  lost: 0,
  told: 0,
  pause: 0,
  resumesAt: 0,
}));

showGauge('ehr_audit_queue_records', () => [[own.waiting.length, {}]]);

/**
 * Queues a record for the log of a sandbox, of the server or of an account. It is written soon in a batch with others.
 * The caller does not wait, and a failure is only logged. Records still queued when the process is killed are lost, so
 * whoever must not lose one waits for `auditWritten`. While the database is in trouble, they wait, up to a limit.
 */
export function recordAudit(log: LoggedRecord['log'], record: AuditRecord): void {
  if (own.waiting.length >= maxWaiting) {
    lose(1);
    return;
  }
  own.waiting.push({ log, record });
  if (own.waiting.length >= fullBatch) begin();
  else schedule();
}

/**
 * Resolves when every record queued so far has been written or dropped, however many others queue after it meanwhile.
 * While the database is in trouble it resolves as well: nobody can say when that is over.
 */
export async function auditWritten(): Promise<void> {
  const last = own.done + own.waiting.length;
  while (own.done < last) {
    begin();
    await own.writing;
    if (own.pause > 0) return;
  }
}

/** How many records wait to be written, and how many were lost since the process began. */
export function auditState(): { waiting: number; lost: number } {
  return { waiting: own.waiting.length, lost: own.lost };
}

/**
 * Resolves when nothing waits any more, for the end of the process: what queues meanwhile is written as well. What a
 * database in trouble does not take within some seconds is lost, and the log says so.
 */
export async function auditEmptied(): Promise<void> {
  const until = Date.now() + maxWaitAtEnd;
  while (own.waiting.length > 0) {
    own.resumesAt = 0;
    await auditWritten();
    if (own.pause === 0) continue;
    if (Date.now() > until) {
      lose(drop(own.waiting.length));
      tellLost();
    } else await setTimeoutPromise(pauses.first / 4);
  }
}

function schedule(): void {
  const pause = own.pause > 0 ? own.resumesAt - Date.now() : 0;
  own.timer ??= setTimeout(afterWait, Math.max(pause, maxWaitMilliseconds));
}

/** A timer that has fired must make room for the next one, even when `begin` finds the database in trouble. */
function afterWait(): void {
  own.timer = undefined;
  begin();
}

/** Runs one statement at a time: records that arrive meanwhile make the next batch fuller. */
function begin(): void {
  if (own.pause > 0 && Date.now() < own.resumesAt) {
    schedule();
    return;
  }
  clearTimeout(own.timer);
  own.timer = undefined;
  own.writing ??= outsideTransaction(() => writeBatch()).finally(() => {
    own.writing = undefined;
    if (own.waiting.length > 0) schedule();
  });
}

async function writeBatch(): Promise<void> {
  const batch = own.waiting.slice(0, fullBatch);
  if (batch.length === 0) return;
  try {
    await writeAuditRecords(batch);
    drop(batch.length);
    count('ehr_audit_records_total', { result: 'written' }, batch.length);
    endPause();
  } catch (error) {
    if (busyOf(error)) beginPause();
    else await afterFailure(error, batch.length);
  }
  tellLost();
}

function beginPause(): void {
  if (own.pause === 0) log.warn('Audit records wait until the database takes them.', { records: own.waiting.length });
  own.pause = Math.min(2 * own.pause || pauses.first, pauses.most);
  own.resumesAt = Date.now() + own.pause;
}

function endPause(): void {
  if (own.pause === 0) return;
  log.info('The audit records that waited for the database are being written.');
  own.pause = 0;
  // One that was set for the end of the pause would keep what is queued from now on waiting for as long.
  clearTimeout(own.timer);
  own.timer = undefined;
}

async function afterFailure(error: unknown, records: number): Promise<void> {
  own.tries += 1;
  log.error('Audit records could not be written.', { records, attempt: own.tries, error });
  if (isAboutData(error)) await writeEach(records);
  else if (own.tries >= maxTries) lose(drop(records));
}

function tellLost(): void {
  if (own.lost > own.told) log.error('Audit records are lost.', { records: own.lost - own.told });
  own.told = own.lost;
}

/** Writes a batch one by one, so that a record that cannot be written takes no others with it. */
async function writeEach(records: number): Promise<void> {
  for (const one of own.waiting.slice(0, records)) {
    try {
      await writeAuditRecords([one]);
      count('ehr_audit_records_total', { result: 'written' });
    } catch (error) {
      if (!isAboutData(error)) return;
      lose(1);
    }
    drop(1);
  }
}

/** Whether a statement failed because of its values, so that it would fail again. */
function isAboutData(error: unknown): boolean {
  return error instanceof StatementError && /^2[23]/.test(error.code ?? '');
}

function lose(records: number): void {
  own.lost += records;
  count('ehr_audit_records_total', { result: 'lost' }, records);
}

function drop(records: number): number {
  own.waiting.splice(0, records);
  own.done += records;
  own.tries = 0;
  return records;
}
