import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { type Pool, types } from 'pg';
import { columnReaders } from './column-types.ts';
import type { Driver, OwnTransaction, Statement } from './driver.ts';
import { adapterOf, keepsLimits, limitingTransactions, limits, withoutLimits } from './limits.ts';
import { openPool } from './pool.ts';
import { forgetStatement, statementName } from './statement-name.ts';
import { UtcClient } from './utc-client.ts';

const getTypeParser = ((type: number, format?: 'text' | 'binary') =>
  columnReaders.get(type) ?? types.getTypeParser(type, format)) as typeof types.getTypeParser;

/** An open PostgreSQL server: the adapter for Prisma, the driver for direct statements, and a transaction apart from both. */
export interface PostgresDatabase {
  adapter: SqlDriverAdapterFactory;
  driver: Driver;
  ownTransaction: OwnTransaction;
  close(): Promise<void>;
}

/**
 * Opens the PostgreSQL server at `url`, which may be a pooler before it. Transactions of their own go to `directUrl`.
 * Prisma and the driver share one pool of connections.
 */
export function openPostgres(url: string, directUrl = url): PostgresDatabase {
  const pooled = untilKnown(async () => !(await keepsLimits(url)));
  let pool: Pool | undefined;
  const opened = async () => {
    const bounds = (await pooled()) ? {} : limits;
    pool ??= openPool({ connectionString: url, ...bounds });
    return pool;
  };
  const adapter = adapterOf(async () => {
    const connected = await new PrismaPg(await opened()).connect();
    return (await pooled()) ? limitingTransactions(connected) : connected;
  });
  const driver = driverOf(async () => pool ?? opened());
  const close = async () => pool?.end();
  return { adapter, driver, ownTransaction: transactionsAt(directUrl), close };
}

/** Asks until there is an answer, and then remembers it. */
function untilKnown<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= ask().catch((thrown) => {
      asked = undefined;
      throw thrown;
    });
    return asked;
  };
}

/** SQLSTATE for a plan that is unusable because its table has changed. */
const planOutdated = '0A000';

/**
 * SQLSTATEs for an unusable plan: the others are for a name that a pooler before the server has lost, or that another
 * process has given on the same connection. Such a pooler keeps no plans for us.
 */
const planGone = [planOutdated, '26000', '42P05'];

/** Statements outside of transactions. */
function driverOf(opened: () => Promise<Pool>): Driver {
  let naming = true;
  const run = async <Row>({ text, values }: Statement, name?: string) => {
    const query = { name, text, values, types: { getTypeParser } };
    const { rows, rowCount } = await (await opened()).query(query);
    return { rows: rows as Row[], count: rowCount ?? 0 };
  };
  return {
    async send<Row>(statement: Statement) {
      const name = statement.prepared && naming ? statementName(statement.text) : undefined;
      return run<Row>(statement, name).catch((thrown) => {
        if (!name || !planGone.includes(thrown.code)) throw thrown;
        if (thrown.code === planOutdated) forgetStatement(statement.text);
        else naming = false;
        return run<Row>(statement);
      });
    },
  };
}

/** What is no PostgreSQL may take a connection and never answer. In milliseconds. */
const connectWithin = 30_000;

/** Each on a connection of its own. */
function transactionsAt(url: string): OwnTransaction {
  return async (work) => {
    const client = new UtcClient({ connectionString: url, connectionTimeoutMillis: connectWithin });
    // What breaks the connection fails the statement, too.
    client.on('error', () => {});
    await client.connect();
    try {
      await client.query(`BEGIN ISOLATION LEVEL READ COMMITTED; ${withoutLimits}`);
      const done = await work({
        run: async (script) => {
          await client.query(script);
        },
        ask: async (text, values) => (await client.query(text, values)).rows,
      });
      await client.query('COMMIT');
      return done;
    } finally {
      // The server undoes what was not committed.
      await client.end().catch(() => {});
    }
  };
}
