import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQueryable } from '@prisma/driver-adapter-utils';
import { sendOnce, sendSafely } from './send-safely.ts';

/**
 * An adapter for Prisma's client that tells trouble of the database as `sendSafely` and `sendOnce` do: whatever sends a
 * statement, the same error comes of it.
 */
export function tellingTrouble(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => telling(await factory.connect()),
  };
}

function telling(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const sent = redirected(adapter, ({ sql }, send) => sendSafely(sql, send));
  sent.startTransaction = async (level) => {
    const transaction = await sendSafely('BEGIN', () => adapter.startTransaction(level));
    return redirected(transaction, (_, send) => sendOnce(send));
  };
  return sent;
}

type Query = Parameters<SqlQueryable['queryRaw']>[0];
type Send = <T>(query: Query, send: () => Promise<T>) => Promise<T>;

/** An object like `queryable`, whose statements go through `send`. */
function redirected<Queryable extends SqlQueryable>(queryable: Queryable, send: Send): Queryable {
  return Object.assign(Object.create(queryable) as Queryable, {
    queryRaw: (query: Query) => send(query, () => queryable.queryRaw(query)),
    executeRaw: (query: Query) => send(query, () => queryable.executeRaw(query)),
  });
}
