import { randomUUID } from 'node:crypto';
import type { AuditRecord } from '#lib/fhir/audit/record.ts';
import { processWide } from '#lib/work/process-wide.ts';
import type { LoggedRecord } from './events.ts';
import { recordAudit } from './queue.ts';

/** How long records that are alike are counted before their number is written. */
const windowMilliseconds = 60_000;
/** So many different records are told apart in that time; the others differ by their kind alone. */
const maxTold = 1000;

interface Counting {
  counted: Map<string, LoggedRecord>;
  timer?: ReturnType<typeof setTimeout> | undefined;
}

const own = processWide<Counting>('audit-alike', () => ({ counted: new Map() }));

/**
 * Queues a record of what anybody can cause without end, such as an attempt that is refused anyway. The first is
 * written; those alike that follow within a minute are counted, and written as one.
 */
export function recordAlike(log: LoggedRecord['log'], record: AuditRecord): void {
  const told = toldApart(log, record);
  const name = nameOf(log, told);
  const before = own.counted.get(name);
  if (before) {
    before.record = { ...told, id: before.record.id, repeated: (before.record.repeated ?? 0) + 1 };
    return;
  }
  recordAudit(log, told);
  own.counted.set(name, { log, record: { ...told, id: randomUUID(), repeated: 0 } });
  own.timer ??= setTimeout(flushAlike, windowMilliseconds).unref();
}

/** Queues what has been counted so far, for the end of the minute and of the process. */
export function flushAlike(): void {
  clearTimeout(own.timer);
  own.timer = undefined;
  for (const { log, record } of own.counted.values()) if (record.repeated) recordAudit(log, record);
  own.counted.clear();
}

/** The record, without who sent it where too many others are counted already. */
function toldApart(log: LoggedRecord['log'], record: AuditRecord): AuditRecord {
  if (own.counted.size < maxTold || own.counted.has(nameOf(log, record))) return record;
  const { clientId: _client, username: _user, userId: _id, address: _address, ...kind } = record;
  return { ...kind, path: kind.interaction, query: '' };
}

function nameOf(log: LoggedRecord['log'], { interaction, status, clientId, username, address }: AuditRecord): string {
  return JSON.stringify([log, interaction, status, clientId, username, address]);
}
