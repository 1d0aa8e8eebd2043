import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { currentRequest, duringRequest } from '#lib/log/request-notes.ts';
import { clientGone, forClient } from '#lib/work/waiting-client.ts';
import { outsideTransaction } from './ambient.ts';
import { database } from './database.ts';
import { execute, query, sql } from './sql.ts';
import { inTransaction, useTransactionLimit } from './transaction.ts';
import { busyOf } from './trouble/busy.ts';

const postgres = inject('database').kind === 'postgres';

beforeAll(() => execute(sql`CREATE TABLE note (id text PRIMARY KEY, value int)`));
beforeEach(() => execute(sql`DELETE FROM note`));
afterEach(() => useTransactionLimit());
afterAll(() => execute(sql`DROP TABLE note`));

const add = (id: string) => execute(sql`INSERT INTO note VALUES (${id}, 0)`);
const count = async () => (await query(sql`SELECT id FROM note`)).length;
const busy = (issueCode: string) => ({ status: 503, issueCode, headers: { 'Retry-After': '5' } });

/** Work that writes, tells that it did, waits for `released`, and writes again. */
function waiting() {
  const [wrote, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let late: unknown;
  const work = async () => {
    await add('a');
    wrote.resolve();
    await released.promise;
    await add('b').catch((thrown) => {
      late = thrown;
    });
    return 'done';
  };
  return { work, wrote: wrote.promise, release: released.resolve, late: () => late };
}

/** Nothing of the work is left, what it still wants is refused, and the connection is free for others. */
async function requireUndone({ release, late }: ReturnType<typeof waiting>): Promise<void> {
  expect(await count()).toBe(0);
  release();
  await inTransaction(() => add('c'));
  expect(late()).toMatchObject({ message: expect.stringContaining('was undone') });
  expect(await count()).toBe(1);
}

describe('a transaction of a request', () => {
  it('is undone when its time is over, whatever it waits for', async () => {
    useTransactionLimit(60);
    const held = waiting();
    await expect(inTransaction(held.work)).rejects.toMatchObject(busy('timeout'));
    useTransactionLimit();
    await requireUndone(held);
  });

  it('is undone when its time is over, however many statements it sends one after the other', async () => {
    useTransactionLimit(60);
    const work = async () => {
      for (let at = 0; ; at++) await add(String(at));
    };
    await expect(inTransaction(work)).rejects.toMatchObject(busy('timeout'));
    useTransactionLimit();
    expect(await count()).toBe(0);
  });

  it('is undone when its client has gone', async () => {
    const client = new AbortController();
    const held = waiting();
    const asked = forClient(client.signal, () => inTransaction(held.work));
    await held.wrote;
    client.abort();
    await expect(asked).rejects.toMatchObject(busy('transient'));
    await requireUndone(held);
  });

  it('does not even begin for a client that has gone', async () => {
    let began = false;
    const asked = forClient(AbortSignal.abort(), () =>
      inTransaction(async () => {
        began = true;
      }),
    );
    await expect(asked).rejects.toMatchObject(busy('transient'));
    expect(began).toBe(false);
  });
});

it('goes on in the background for as long as it needs, without its client', async () => {
  useTransactionLimit(1);
  const client = new AbortController();
  const held = waiting();
  const asked = forClient(client.signal, () => inTransaction(held.work, { background: true }));
  await held.wrote;
  client.abort();
  await new Promise((resolve) => setTimeout(resolve, 5));
  held.release();
  expect(await asked).toBe('done');
  expect(await count()).toBe(2);
});

it('what outsideTransaction runs belongs to no request', () => {
  duringRequest({ id: 'r-1' }, () => expect(outsideTransaction(currentRequest)).toBeUndefined());
});

it('no client waits for what outsideTransaction runs', () => {
  forClient(AbortSignal.abort(), () => {
    expect(clientGone()?.aborted).toBe(true);
    expect(outsideTransaction(clientGone)).toBeUndefined();
  });
});

describe.runIf(postgres)('a real server ends by itself', () => {
  const settings = sql`SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
    current_setting('idle_in_transaction_session_timeout') AS idle`;
  const limits = { statement: '30s', lock: '15s', idle: '1min' };

  it('what a request must not hold for longer, with limits of the connection', async () => {
    expect(await query(settings)).toEqual([limits]);
    expect(await inTransaction(() => query(settings))).toEqual([limits]);
    expect(await database().$queryRawUnsafe(settings.text)).toEqual([limits]);
  });

  it('but not work in the background', async () => {
    const lifted = { statement: '0', lock: '0', idle: '10min' };
    expect(await inTransaction(() => query(settings), { background: true })).toEqual([lifted]);
    expect(await query(settings)).toEqual([limits]);
  });

  it.each<[what: string, setting: string, work: () => Promise<unknown>, issueCode: string]>([
    ['a statement', 'statement_timeout', () => query(sql`SELECT pg_sleep(10)`), 'timeout'],
    [
      'a raw statement of the client',
      'statement_timeout',
      () => database().$queryRaw`SELECT 1 FROM pg_sleep(10)`,
      'timeout',
    ],
    ['the wait for a lock', 'lock_timeout', () => execute(sql`UPDATE note SET value = 1`), 'transient'],
    [
      'the wait of a model for a lock',
      'lock_timeout',
      () => database().secret.update({ where: { name: 'held' }, data: { value: 'w' } }),
      'transient',
    ],
  ])('%s: 503', async (_, setting, work, issueCode) => {
    await add('a');
    await database().secret.upsert({ where: { name: 'held' }, create: { name: 'held', value: '' }, update: {} });
    const [held, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const holding = inTransaction(async () => {
      await execute(sql`SELECT 1 FROM note, secret FOR UPDATE`);
      held.resolve();
      await release.promise;
    });
    await held.promise;
    const asked = inTransaction(async () => {
      await query(sql`SELECT set_config(${setting}, '20ms', true)`);
      return work();
    });
    await expect(asked).rejects.toMatchObject(busy(issueCode));
    release.resolve();
    await holding;
  });

  it('a transaction whose process says nothing', async () => {
    const asked = inTransaction(async () => {
      await query(sql`SELECT set_config('idle_in_transaction_session_timeout', '20ms', true)`);
      await outsideTransaction(() => query(sql`SELECT pg_sleep(0.3)`));
      return add('a');
    });
    await expect(asked).rejects.toMatchObject({ status: 503 });
    expect(await count()).toBe(0);
  });
});

it('is told apart from what is wrong', async () => {
  const thrown = await inTransaction(() => query(sql`SELECT nothing`)).catch((error) => error);
  expect(busyOf(thrown)).toBeUndefined();
});
