import { expect, it } from 'vitest';
import { type Connection, connection, database, disconnect, useConnection } from './database.ts';
import { inTransaction } from './transaction.ts';

it('starts every test file on an empty, migrated database', async () => {
  expect(await database().sandbox.count()).toBe(0);
});

it('keeps concurrent transactions apart, and rolls back the one that fails', async () => {
  const attempts = ['a', 'b', 'c'].map((name) =>
    inTransaction(async () => {
      await database().secret.create({ data: { name, value: name } });
      if (name === 'b') throw new Error('second thoughts');
    }),
  );
  const results = await Promise.allSettled(attempts);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  const kept = await database().secret.findMany({ orderBy: { name: 'asc' } });
  expect(kept.map(({ name }) => name)).toEqual(['a', 'c']);
});

it('reports a violated constraint by its code', async () => {
  await database().sandbox.create({ data: { slug: 'twice', name: 'Twice' } });
  await expect(database().sandbox.create({ data: { slug: 'twice', name: 'Again' } })).rejects.toMatchObject({
    code: 'P2002',
  });
});

it('opens no second connection while the first is being closed', async () => {
  const whole = connection();
  const closed = Promise.withResolvers<void>();
  useConnection({ ...whole, close: () => closed.promise } as Connection);
  const ending = disconnect();
  try {
    expect(connection).toThrow(expect.objectContaining({ status: 503 }));
  } finally {
    closed.resolve();
    await ending;
    useConnection(whole);
  }
});
