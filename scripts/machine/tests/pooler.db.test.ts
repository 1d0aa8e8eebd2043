import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connect, disconnect, useConnection } from '#lib/data/database/database.ts';
import { usePatience } from '#lib/data/database/driver/limits.ts';
import { applyMigrations } from '#lib/data/database/migration/apply.ts';
import { name, query, sql } from '#lib/data/database/sql.ts';
import { createDatabase } from '#lib/data/database/tests/empty-database.ts';
import { runProcess } from '#lib/data/database/tests/run-process.ts';
import { inTransaction } from '#lib/data/database/transaction.ts';
import { busyOf } from '#lib/data/database/trouble/busy.ts';
import { type Pooler, startPgBouncer } from './pgbouncer.ts';

const given = inject('database');

describe.runIf(given.kind === 'postgres')('behind PgBouncer in transaction mode, with three connections', () => {
  const server = given.kind === 'postgres' ? given.server : '';
  let pooler: Pooler;
  let url: string;

  beforeAll(async () => {
    const [found] = await query<{ name: string }>(sql`SELECT current_database() AS name`);
    url = new URL(`/${found?.name}`, server).href;
    // Settings that would shift every instant, if they held for us.
    for (const setting of ["TimeZone = 'Asia/Kolkata'", "DateStyle = 'German'"]) {
      await query(sql`ALTER DATABASE ${name(found?.name ?? '')} SET ${name(setting)}`);
    }
    await disconnect();
    pooler = await startPgBouncer(server);
    useConnection(connect(pooler.urlOf(url), url));
  });

  afterAll(async () => {
    await disconnect();
    await pooler?.stop();
  });

  async function ask(seed: number) {
    const variables = { DATABASE_URL: pooler.urlOf(url), DATABASE_DIRECT_URL: url };
    const { printed } = await runProcess('scripts/machine/tests/pooled-process.ts', [String(seed)], variables);
    return JSON.parse(printed);
  }

  it('two processes are answered as without it, whatever they ask at once', async () => {
    expect(await Promise.all([ask(1), ask(2)])).toEqual([
      { asked: 360, wrong: [] },
      { asked: 360, wrong: [] },
    ]);
  });

  const settings = sql`SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
    current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('TimeZone') AS zone`;

  it('transactions have the limits, those in the background theirs, and nothing is left to others', async () => {
    const none = { statement: '0', lock: '0', idle: '0', zone: 'UTC' };
    for (let turn = 0; turn < 4; turn++) {
      expect(await inTransaction(() => query(settings))).toEqual([
        { statement: '30s', lock: '15s', idle: '1min', zone: 'UTC' },
      ]);
      expect(await inTransaction(() => query(settings), { background: true })).toEqual([{ ...none, idle: '10min' }]);
      expect(await query(settings)).toEqual([none]);
    }
  });

  it('a statement outside of transactions is given up in the end: 503', async () => {
    usePatience(50);
    const impatient = connect(pooler.urlOf(url), url);
    const thrown = await impatient.driver
      .send({ text: 'SELECT pg_sleep(0.5)', values: [], prepared: false })
      .catch((error) => error);
    usePatience();
    expect(busyOf(thrown)).toMatchObject({ status: 503, issueCode: 'timeout' });
    await impatient.close();
    expect(await query(sql`SELECT 1 AS value`)).toEqual([{ value: 1 }]);
  });

  it('migrations run through it, too, once each', async () => {
    const pooled = connect(pooler.urlOf(await createDatabase(server)));
    const applied = await Promise.all([applyMigrations(pooled), applyMigrations(pooled)]);
    expect(new Set(applied.flat())).toHaveLength(applied.flat().length);
    expect(applied.flat().length).toBeGreaterThan(15);
    expect(await pooled.prisma.sandbox.count()).toBe(0);
    await pooled.close();
  });
});
