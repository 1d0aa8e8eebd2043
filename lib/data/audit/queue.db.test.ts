import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuditRecord } from '#lib/fhir/audit/record.ts';
import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { sweepAuditEvents, writeAuditRecords } from './events.ts';
import { auditWritten, recordAudit } from './queue.ts';

vi.mock('./events.ts', { spy: true });

/** Each call of this spy is one statement. */
const write = vi.mocked(writeAuditRecords);

let sandboxId: number;
const count = () => database().auditEvent.count({ where: { sandboxId } });

function record(more: Partial<AuditRecord> = {}): AuditRecord {
  return {
    id: randomUUID(),
    recorded: new Date(),
    interaction: 'read',
    action: 'R',
    outcome: 0,
    status: 200,
    method: 'GET',
    path: 'Patient/1',
    query: '',
    patients: ['1'],
    patientsAll: 1,
    entities: ['Patient/1'],
    entitiesAll: 1,
    ...more,
  } as AuditRecord;
}

beforeEach(async () => {
  const slug = `a${randomUUID().slice(0, 8)}`;
  sandboxId = (await database().sandbox.create({ data: { slug, name: slug } })).id;
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('recordAudit', () => {
  it('writes many records by few statements', async () => {
    write.mockClear();
    for (let request = 0; request < 1200; request += 1) recordAudit(sandboxId, record());
    await auditWritten();
    expect(await count()).toBe(1200);
    expect(write).toHaveBeenCalledTimes(3);
  });

  it('writes by itself, soon', async () => {
    recordAudit(sandboxId, record());
    await vi.waitFor(async () => expect(await count()).toBe(1), { timeout: 10_000 });
  });

  it('keeps the record of a transaction that was rolled back', async () => {
    const undone = new Error('second thoughts');
    const work = inTransaction(async () => {
      recordAudit(sandboxId, record());
      for (let request = 0; request < 500; request += 1) recordAudit(sandboxId, record());
      throw undone;
    });
    await expect(work).rejects.toBe(undone);
    await vi.waitFor(async () => expect(await count()).toBe(501), { timeout: 10_000 });
  });

  it('tries again when the database refuses, and writes nothing twice', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    write.mockRejectedValueOnce(new Error('gone'));
    const once = record();
    recordAudit(sandboxId, once);
    recordAudit(sandboxId, once);
    await auditWritten();
    expect(await count()).toBe(1);
    expect(logged).toHaveBeenCalledTimes(1);
  });

  it('gives up on a batch after some tries, logs it, and goes on with the next one', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    recordAudit(sandboxId, record({ id: 'no uuid' }));
    await auditWritten();
    expect(logged.mock.calls.at(-1)?.[0]).toBe('1 audit records are lost.');
    recordAudit(sandboxId, record());
    await auditWritten();
    expect(await count()).toBe(1);
  });

  it('skips records of a sandbox that is gone', async () => {
    recordAudit(-1, record());
    recordAudit(sandboxId, record());
    await auditWritten();
    expect(await count()).toBe(1);
  });
});

describe('the retention of events', () => {
  const at = (day: number) => new Date(Date.UTC(2026, 0, day));

  it('keeps events that are young enough, and of each sandbox only the newest', async () => {
    for (const day of [1, 2, 3, 4, 5]) recordAudit(sandboxId, record({ recorded: at(day) }));
    await auditWritten();
    await sweepAuditEvents(at(7), { days: 5, events: 100 });
    expect(await count()).toBe(4);
    await sweepAuditEvents(at(7), { days: 5, events: 3 });
    expect(await count()).toBe(3);
    await sweepAuditEvents(at(7), { days: 5, events: 4 });
    expect(await count()).toBe(3);
  });

  it('ends when the sandbox is deleted', async () => {
    recordAudit(sandboxId, record());
    await auditWritten();
    await database().sandbox.delete({ where: { id: sandboxId } });
    expect(await count()).toBe(0);
  });
});
