import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { UtcClient } from './utc-client.ts';

/**
 * What the server ends by itself, after how many milliseconds, so that no request holds it for longer: a statement, the
 * wait for a lock, and a transaction whose process says nothing any more. Work in the background lifts them for its
 * transactions.
 */
export const limits = {
  statement_timeout: 30_000,
  lock_timeout: 15_000,
  idle_in_transaction_session_timeout: 60_000,
};

/** Milliseconds after which we give up a connection whose statement the server does not end by itself. */
const patient = limits.statement_timeout + 5000;

let patience = patient;

/** After how many milliseconds without an answer connections opened from now on are given up. */
export function clientPatience(): number {
  return patience;
}

/** Sets after how many milliseconds connections opened from now on give up a statement. For tests. @internal */
export function usePatience(milliseconds = patient): void {
  patience = milliseconds;
}

/** Sets the limits for the transaction that is open. */
const forTransaction = Object.entries(limits)
  .map(([name, milliseconds]) => `SET LOCAL ${name} = ${milliseconds}`)
  .join('; ');

/** Lifts them for a transaction that nobody waits for, except for the case that its process hangs. */
export const withoutLimits = `SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true),
  set_config('idle_in_transaction_session_timeout', '10min', true)`;

/** PostgreSQL's and PgBouncer's code for a beginning that is not as the protocol says. */
const protocolViolation = '08P01';

/**
 * Whether a connection to `url` keeps limits that it asks for when it begins. Poolers refuse or ignore them: what one
 * client sets would hold for the others that share the connection to the server.
 */
export async function keepsLimits(url: string): Promise<boolean> {
  const bounds = { connectionTimeoutMillis: 10_000, query_timeout: patient };
  const client = new UtcClient({ connectionString: url, ...limits, ...bounds });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query(`SELECT setting::int FROM pg_settings WHERE name = 'statement_timeout'`);
    return rows[0]?.setting === limits.statement_timeout;
  } catch (thrown) {
    const { code, message } = thrown as { code?: string; message: string };
    if (code === protocolViolation && message.includes('startup parameter')) return false;
    throw thrown;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Has every transaction of a connection begin with the limits, where the connection itself cannot keep them. */
export function limitingTransactions(connection: SqlDriverAdapter): SqlDriverAdapter {
  const begin = connection.startTransaction.bind(connection);
  connection.startTransaction = async (level) => {
    const transaction = await begin(level);
    try {
      await transaction.executeRaw({ sql: forTransaction, args: [], argTypes: [] });
      return transaction;
    } catch (thrown) {
      // The adapter's own only gives the connection back to its pool, where the transaction would still be open. On a
      // connection that is broken this fails as well.
      await transaction.executeRaw({ sql: 'ROLLBACK', args: [], argTypes: [] }).catch(() => {});
      await transaction.rollback();
      throw thrown;
    }
  };
  return connection;
}

/** An adapter whose connections are opened by `connect`. */
export function adapterOf(connect: () => Promise<SqlDriverAdapter>): SqlDriverAdapterFactory {
  return { provider: 'postgres', adapterName: '@prisma/adapter-pg', connect };
}
