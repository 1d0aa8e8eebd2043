import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { log } from '#lib/log/log.ts';
import { database } from '../database/database.ts';
import { execute, sql } from '../database/sql.ts';
import { sweep } from './sweep.ts';

const week = 7 * 24 * 60 * 60_000;
const now = new Date();
const before = new Date(now.getTime() - week);
let sandboxId: number;

beforeEach(async () => {
  await database().sandbox.deleteMany();
  await database().auditEvent.deleteMany();
  const data = { slug: 'ward', name: 'Ward' };
  sandboxId = (await database().sandbox.create({ data, select: { id: true } })).id;
});
afterEach(() => vi.restoreAllMocks());

/** More than two slices of each. */
async function storeExpired(): Promise<void> {
  await execute(sql`INSERT INTO oidc_payload (sandbox_id, model, id, payload, expires_at)
    SELECT ${sandboxId}::int, 'AccessToken', 't' || n, '{}', ${before}::timestamptz FROM generate_series(1, 2100) AS n`);
  await execute(sql`INSERT INTO audit_event (sandbox_id, id, recorded, interaction, action, outcome, status, method, path,
      query, repeated, patients, patients_all, entities, entities_all)
    SELECT ${sandboxId}::int, gen_random_uuid(), ${before}::timestamptz - interval '90 days', 'read', 'R', 0, 200, 'GET', 'Patient/1',
      '', 1, '{}', 0, '{}', 0 FROM generate_series(1, 2100) AS n`);
}

const left = () => Promise.all([database().oidcPayload.count(), database().auditEvent.count()]);

it('deletes all that has expired, by statements of few rows, also from two processes at once', async () => {
  await storeExpired();
  await Promise.all([sweep(now), sweep(now)]);
  expect(await left()).toEqual([0, 0]);
});

it('logs a part that fails, and goes on with the others', async () => {
  const told = vi.spyOn(log, 'error').mockImplementation(() => {});
  await storeExpired();
  await execute(sql`ALTER TABLE cds_card RENAME TO cds_card_away`);
  try {
    await sweep(now);
  } finally {
    await execute(sql`ALTER TABLE cds_card_away RENAME TO cds_card`);
  }
  expect(await left()).toEqual([0, 0]);
  expect(told.mock.calls.map(([, fields]) => fields?.part)).toEqual(['Cards of CDS services']);
});
