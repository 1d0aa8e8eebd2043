import type { AuditRecord } from '#lib/fhir/audit/record.ts';
import { outsideTransaction } from '../database/ambient.ts';
import { type SandboxRecord, writeAuditRecords } from './events.ts';

/** Records travel together: after this many milliseconds, or when there are this many. */
const maxWaitMilliseconds = 200;
const fullBatch = 500;
/** More than this wait for a database that does not take them; the newest are lost then. */
const maxWaiting = 20_000;
/** A batch that was refused this often is given up, so that it does not hold up what comes after it. */
const maxTries = 5;

interface Queue {
  waiting: SandboxRecord[];
  timer?: ReturnType<typeof setTimeout> | undefined;
  writing?: Promise<void> | undefined;
  /** How often the records at the head were refused. */
  tries: number;
  lost: number;
}

// One queue per process, though the bundler may load this module more than once.
const shared = globalThis as typeof globalThis & { [key: symbol]: Queue | undefined };
const key = Symbol.for('ehr-sandbox.audit-queue');

function queue(): Queue {
  shared[key] ??= { waiting: [], tries: 0, lost: 0 };
  return shared[key];
}

/**
 * Takes a record to be written soon, together with others. The caller does not wait for it; a failure is logged and harms
 * nobody. What was not written when a process is killed is lost.
 */
export function recordAudit(sandboxId: number, record: AuditRecord): void {
  const own = queue();
  if (own.waiting.length >= maxWaiting) {
    own.lost += 1;
    return;
  }
  own.waiting.push({ sandboxId, record });
  if (own.waiting.length >= fullBatch) begin(own);
  else schedule(own);
}

/** Resolves when every record taken so far is written, or given up. */
export async function auditWritten(): Promise<void> {
  const own = queue();
  while (own.waiting.length > 0 || own.writing) {
    begin(own);
    await own.writing;
  }
}

function schedule(own: Queue): void {
  own.timer ??= setTimeout(() => begin(own), maxWaitMilliseconds);
}

/** One statement at a time: what comes meanwhile makes the next batch fuller. */
function begin(own: Queue): void {
  clearTimeout(own.timer);
  own.timer = undefined;
  own.writing ??= outsideTransaction(() => writeBatch(own)).finally(() => {
    own.writing = undefined;
    if (own.waiting.length > 0) schedule(own);
  });
}

async function writeBatch(own: Queue): Promise<void> {
  const batch = own.waiting.slice(0, fullBatch);
  if (batch.length === 0) return;
  try {
    await writeAuditRecords(batch);
    drop(own, batch.length);
  } catch (error) {
    own.tries += 1;
    console.error(`${batch.length} audit records could not be written (attempt ${own.tries}):`, error);
    if (own.tries >= maxTries) own.lost += drop(own, batch.length);
  }
  if (own.lost > 0) console.error(`${own.lost} audit records are lost.`);
  own.lost = 0;
}

function drop(own: Queue, count: number): number {
  own.waiting.splice(0, count);
  own.tries = 0;
  return count;
}
