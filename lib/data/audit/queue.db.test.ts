import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuditRecord } from '#lib/fhir/audit/record.ts';
import { log } from '#lib/log/log.ts';
import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { writeAuditRecords } from './events.ts';
import { auditEmptied, auditWritten, recordAudit } from './queue.ts';

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

  it('keeps nobody waiting for the records of others that queue later, until the process ends', async () => {
    const { writeAuditRecords: writeAll } = await vi.importActual<typeof import('./events.ts')>('./events.ts');
    let others = 20;
    write.mockClear().mockImplementation(async (batch) => {
      if (others > 0) recordAudit(sandboxId, record());
      others -= 1;
      await writeAll(batch);
    });
    recordAudit(sandboxId, record());
    await auditWritten();
    expect(await count()).toBe(1);
    expect(write).toHaveBeenCalledTimes(1);
    await auditEmptied();
    expect(await count()).toBe(21);
  });

  it('tries again when the database refuses, and writes nothing twice', async () => {
    const logged = vi.spyOn(log, 'error').mockImplementation(() => {});
    write.mockRejectedValueOnce(new Error('gone'));
    const once = record();
    recordAudit(sandboxId, once);
    recordAudit(sandboxId, once);
    await auditWritten();
    expect(await count()).toBe(1);
    expect(logged).toHaveBeenCalledTimes(1);
  });

  it('loses a record that cannot be written, and none of those beside it', async () => {
    const logged = vi.spyOn(log, 'error').mockImplementation(() => {});
    for (const more of [{}, { id: 'no uuid' }, {}]) recordAudit(sandboxId, record(more));
    await auditWritten();
    expect(logged.mock.calls.at(-1)).toEqual(['Audit records are lost.', { records: 1 }]);
    expect(await count()).toBe(2);
  });

  it('gives up on a batch that the database does not take after some tries, and goes on with the next one', async () => {
    const logged = vi.spyOn(log, 'error').mockImplementation(() => {});
    for (let time = 0; time < 5; time += 1) write.mockRejectedValueOnce(new Error('gone'));
    recordAudit(sandboxId, record());
    await auditWritten();
    expect(logged.mock.calls.at(-1)).toEqual(['Audit records are lost.', { records: 1 }]);
    recordAudit(sandboxId, record());
    await auditWritten();
    expect(await count()).toBe(1);
  });

  it('keeps records while the database is in trouble, however long, and keeps nobody waiting for it', async () => {
    const logged = vi.spyOn(log, 'warn').mockImplementation(() => {});
    vi.spyOn(log, 'info').mockImplementation(() => {});
    const gone = Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    try {
      write.mockRejectedValue(gone);
      recordAudit(sandboxId, record());
      await auditWritten();
      for (let minute = 0; minute < 10; minute++) await vi.advanceTimersByTimeAsync(60_000);
      recordAudit(sandboxId, record());
      await auditWritten();
      expect(logged.mock.calls).toEqual([['Audit records wait until the database takes them.', { records: 1 }]]);
      write.mockReset();
      await vi.advanceTimersByTimeAsync(31_000);
    } finally {
      vi.useRealTimers();
    }
    await auditWritten();
    expect(await count()).toBe(2);
  });

  it('goes on by itself after trouble that met one batch while records queued behind it', async () => {
    for (const level of ['info', 'warn'] as const) vi.spyOn(log, level).mockImplementation(() => {});
    const met = Promise.withResolvers<void>();
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    try {
      write.mockClear().mockImplementation(async () => {});
      write.mockImplementationOnce(() => met.promise);
      recordAudit(sandboxId, record());
      await vi.advanceTimersByTimeAsync(200);
      recordAudit(sandboxId, record());
      met.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
      await vi.advanceTimersByTimeAsync(2000);
      expect(write.mock.calls.map(([batch]) => batch.length)).toEqual([1, 2]);
    } finally {
      vi.useRealTimers();
      write.mockReset();
    }
  });

  it('says what it loses when the process ends while the database is in trouble', async () => {
    const logged = vi.spyOn(log, 'error').mockImplementation(() => {});
    for (const level of ['info', 'warn'] as const) vi.spyOn(log, level).mockImplementation(() => {});
    write.mockRejectedValue(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
    recordAudit(sandboxId, record());
    await auditWritten();
    const began = Date.now();
    vi.spyOn(Date, 'now').mockImplementation(() => began + 60_000 * performance.now());
    await auditEmptied();
    expect(logged.mock.calls.at(-1)).toEqual(['Audit records are lost.', { records: 1 }]);
    vi.restoreAllMocks();
    write.mockReset();
    recordAudit(sandboxId, record());
    await auditEmptied();
    expect(await count()).toBe(1);
  });

  it('writes what is no text for the database without the characters that are none', async () => {
    recordAudit(sandboxId, record({ username: 'a\ud800b\0c', query: '"\\u0000' }));
    await auditWritten();
    const found = await database().auditEvent.findMany({ where: { sandboxId } });
    expect(found).toMatchObject([{ username: 'a\ufffdbc', query: '"\\u0000' }]);
  });

  it('skips records of a sandbox that is gone', async () => {
    recordAudit(-1, record());
    recordAudit(sandboxId, record());
    await auditWritten();
    expect(await count()).toBe(1);
  });
});
