/** What is kept of the logs: nobody pushes the traces of others, or their own, out of them. */
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import type { AuditRecord } from '#lib/fhir/audit/record.ts';
import { database } from '../database/database.ts';
import { type LoggedRecord, writeAuditRecords } from './events.ts';
import { sweepAuditEvents } from './retention.ts';

let sandboxId: number;
const at = (minute: number) => new Date(Date.UTC(2026, 0, 5, 0, minute));
const now = at(0);

beforeEach(async () => {
  const slug = `a${randomUUID().slice(0, 8)}`;
  await database().auditEvent.deleteMany();
  sandboxId = (await database().sandbox.create({ data: { slug, name: slug } })).id;
});

function record(more: Partial<AuditRecord> = {}): AuditRecord {
  return {
    id: randomUUID(),
    recorded: now,
    interaction: 'read',
    action: 'R',
    outcome: 0,
    status: 200,
    method: 'GET',
    path: 'Patient/1',
    query: '',
    username: 'chen',
    patients: ['1'],
    patientsAll: 1,
    entities: ['Patient/1'],
    entitiesAll: 1,
    ...more,
  };
}

const write = (records: Partial<AuditRecord>[], log: LoggedRecord['log'] = sandboxId) =>
  writeAuditRecords(records.map((more) => ({ log, record: record(more) })));
const many = (count: number, more: Partial<AuditRecord> = {}) =>
  Array.from({ length: count }, (_, minute) => ({ ...more, recorded: at(minute) }));
const kept = () => database().auditEvent.findMany({ where: { sandboxId }, orderBy: { recorded: 'asc' } });
const sweep = (events: number, days = 90) => sweepAuditEvents(at(100), { days, events });

it('keeps events for their days, in every log', async () => {
  const day = (date: number) => ({ recorded: new Date(Date.UTC(2026, 0, date)) });
  await write([1, 2, 4, 5].map(day));
  await write([1, 5].map(day), 0);
  await sweep(100, 2);
  expect(await kept()).toHaveLength(2);
  expect(await database().auditEvent.count({ where: { sandboxId: 0 } })).toBe(1);
});

it('lets who makes many events lose their own alone, and counts those', async () => {
  await write(many(1, { username: 'victim', interaction: 'delete' }));
  await write(many(30, { username: 'noisy', patients: ['1', '2'] }));
  await sweep(20);
  const all = await kept();
  expect(all).toHaveLength(18);
  expect(all.filter(({ username }) => username === 'victim')).toHaveLength(1);
  const [summary, ...others] = all.filter(({ interaction }) => interaction === 'left-out');
  expect(others).toEqual([]);
  expect(summary).toMatchObject({ username: 'noisy', repeated: 14, path: 'use', query: 'from=2026-01-05T00:00:00Z' });
  expect(summary?.patients.sort()).toEqual([`${sandboxId}/1`, `${sandboxId}/2`]);
});

it('keeps what an attacker changed, whatever many requests they send afterwards', async () => {
  await write(many(1, { interaction: 'member' }));
  await write(many(30));
  await sweep(20);
  expect((await kept()).filter(({ interaction }) => interaction === 'member')).toHaveLength(1);
});

it('takes all who fail to sign in for one, whatever names they give', async () => {
  const failed = { interaction: 'sign-in', outcome: 4, status: 401 } as const;
  await write(many(3, { username: 'chen', interaction: 'sign-in' }));
  for (const [minute, username] of Array.from({ length: 40 }, (_, index) => `name${index}`).entries()) {
    await write([{ ...failed, username, recorded: at(minute) }]);
  }
  await sweep(20);
  const all = await kept();
  expect(all.filter(({ username, outcome }) => username === 'chen' && outcome === 0)).toHaveLength(3);
  expect(all.filter(({ interaction }) => interaction === 'left-out')).toMatchObject([
    { username: null, clientId: null, path: 'security', repeated: 26 },
  ]);
});

it('folds again what was folded before, and counts on', async () => {
  await write(many(30));
  await sweep(20);
  await write(Array.from({ length: 30 }, (_, minute) => ({ recorded: at(40 + minute) })));
  await sweep(20);
  const summaries = (await kept()).filter(({ interaction }) => interaction === 'left-out');
  expect(summaries).toMatchObject([{ query: 'from=2026-01-05T00:00:00Z' }]);
  const counted = (await kept()).reduce((sum, { repeated }) => sum + repeated, 0);
  expect(counted).toBe(60);
});

it('keeps the log of a deleted sandbox, all of them within one limit', async () => {
  await write(many(5));
  const noisy = await database().sandbox.create({ data: { slug: `b${randomUUID().slice(0, 8)}`, name: 'Noisy' } });
  await write(many(40), noisy.id);
  await database().sandbox.deleteMany({ where: { id: { in: [sandboxId, noisy.id] } } });
  await sweep(20);
  expect(await kept()).toHaveLength(5);
  expect(await database().auditEvent.count({ where: { sandboxId: noisy.id } })).toBe(15);
});
