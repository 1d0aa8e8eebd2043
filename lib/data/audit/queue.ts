import type { AuditRecord } from '#lib/fhir/audit/record.ts';
import { log } from '#lib/log/log.ts';
import { count, showGauge } from '#lib/telemetry/metrics.ts';
import { processWide } from '#lib/work/process-wide.ts';
import { outsideTransaction } from '../database/ambient.ts';
import { StatementError } from '../database/statement-error.ts';
import { type LoggedRecord, writeAuditRecords } from './events.ts';

/** A batch is written after `maxWaitMilliseconds`, or as soon as it is full. */
const maxWaitMilliseconds = 200;
const fullBatch = 500;
/**
 * The most records that may wait while the database takes none; further ones are dropped, so that memory stays bounded.
 */
const maxWaiting = 20_000;
/** After this many failures a batch is dropped, so that it does not hold up those behind it. */
const maxTries = 5;

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
}

const own = processWide<Queue>('audit-queue', () => ({ waiting: [], done: 0, tries: 0, lost: 0, told: 0 }));

showGauge('ehr_audit_queue_records', () => [[own.waiting.length, {}]]);

/**
 * Queues a record for the log of a sandbox, of the server or of an account. It is written soon in a batch with others.
 * The caller does not wait, and a failure is only logged. Records still queued when the process is killed are lost, so
 * whoever must not lose one waits for `auditWritten`.
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
 */
export async function auditWritten(): Promise<void> {
  const last = own.done + own.waiting.length;
  while (own.done < last) {
    begin();
    await own.writing;
  }
}

/** How many records wait to be written, and how many were lost since the process began. */
export function auditState(): { waiting: number; lost: number } {
  return { waiting: own.waiting.length, lost: own.lost };
}

/** Resolves when nothing waits any more, for the end of the process: what queues meanwhile is written as well. */
export async function auditEmptied(): Promise<void> {
  while (own.waiting.length > 0) await auditWritten();
}

function schedule(): void {
  own.timer ??= setTimeout(() => begin(), maxWaitMilliseconds);
}

/** Runs one statement at a time: records that arrive meanwhile make the next batch fuller. */
function begin(): void {
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
  } catch (error) {
    own.tries += 1;
    log.error('Audit records could not be written.', { records: batch.length, attempt: own.tries, error });
    if (isAboutData(error)) await writeEach(batch.length);
    else if (own.tries >= maxTries) lose(drop(batch.length));
  }
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
