/** Trouble that a real server makes; every other kind is told by a driver that fails, in app/[sandbox]/tests. */

import type { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { log } from '#lib/log/log.ts';
import { outsideTransaction } from './ambient.ts';
import { openPool } from './driver/pool.ts';
import { execute, query, sql } from './sql.ts';
import { inTransaction } from './transaction.ts';
import { troubleOf } from './trouble/trouble.ts';

const database = inject('database');

describe.runIf(database.kind === 'postgres')('a real server', () => {
  beforeAll(() => execute(sql`CREATE TABLE note (id text PRIMARY KEY)`));
  beforeEach(async () => {
    for (const method of ['error', 'info'] as const) vi.spyOn(log, method).mockImplementation(() => {});
    await execute(sql`DELETE FROM note`);
  });
  afterAll(() => execute(sql`DROP TABLE note`));

  const add = (id: string) => execute(sql`INSERT INTO note VALUES (${id})`);
  const stored = async () => (await query<{ id: string }>(sql`SELECT id FROM note ORDER BY id`)).map(({ id }) => id);
  const backend = async () => (await query<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`))[0]?.pid ?? 0;
  /** Ends a connection, as an administrator does, from another one. */
  const terminate = (pid: number) => outsideTransaction(() => query(sql`SELECT pg_terminate_backend(${pid}::int)`));

  it('that ends the connection of a transaction has it run again', async () => {
    let runs = 0;
    await inTransaction(async () => {
      runs += 1;
      await add('a');
      if (runs === 1) await terminate(await backend());
      await add('b');
    });
    expect([runs, await stored()]).toEqual([2, ['a', 'b']]);
  });

  it('that ends it each time is 503, with nothing written', async () => {
    const work = inTransaction(async () => {
      await add('a');
      await terminate(await backend());
      await add('b');
    });
    await expect(work).rejects.toMatchObject({ status: 503, digest: 'BUSY' });
    expect(await stored()).toEqual([]);
  });

  it('that only reads is 503, for later', async () => {
    const work = inTransaction(async () => {
      await query(sql`SELECT set_config('transaction_read_only', 'on', true)`);
      await add('a');
    });
    await expect(work).rejects.toMatchObject({ status: 503, issueCode: 'no-store', headers: { 'Retry-After': '60' } });
  });

  describe('with few connections', () => {
    let pool: Pool;
    beforeAll(() => {
      const connectionString = database.kind === 'postgres' ? database.server : '';
      pool = openPool({ connectionString, max: 2, connectionTimeoutMillis: 200 }, 300);
    });
    afterEach(async () => expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]));
    afterAll(() => pool.end());

    const troubleWith = (work: Promise<unknown>) => work.then(() => undefined, troubleOf);

    it('hands them out in turns, and keeps nobody waiting for long', async () => {
      const held = [await pool.connect(), await pool.connect()];
      expect(await troubleWith(pool.query('SELECT 1'))).toBe('crowded');
      const waiting = pool.query('SELECT 2 AS two');
      for (const client of held) client.release();
      expect((await waiting).rows).toEqual([{ two: 2 }]);
    });

    it('gives up the one over which a statement has no answer, and no other', async () => {
      const silent = [pool.query('SELECT pg_sleep(20)'), pool.query('SELECT pg_sleep(20)')];
      expect(await Promise.all(silent.map(troubleWith))).toEqual(['silent', 'silent']);
    });
  });
});
