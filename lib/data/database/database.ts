import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { env } from '#lib/env.ts';
import { isEnding } from '#lib/work/ending.ts';
import { processWide } from '#lib/work/process-wide.ts';
import { PrismaClient } from '#prisma/generated/client.ts';
import { observeAdapter, observed } from '../watched/statements.ts';
import { currentTransaction, type Transaction } from './ambient.ts';
import type { Driver, OwnTransaction } from './driver/driver.ts';
import { type EmbeddedPlace, openEmbedded } from './driver/pglite.ts';
import { openPostgres } from './driver/postgres.ts';
import { isClosed } from './trouble/busy.ts';
import { tellingTrouble } from './trouble/telling-adapter.ts';

/**
 * A connected database: Prisma's client for models and transactions, the driver for statements outside of transactions,
 * transactions apart from both for migrations, and the function that closes all of them.
 */
export interface Connection {
  prisma: PrismaClient;
  driver: Driver;
  ownTransaction: OwnTransaction;
  /** The adapter beneath the client. */
  adapter: SqlDriverAdapterFactory;
  close(): Promise<void>;
}

/** While a connection is being closed, no other may be opened: two at once would damage the embedded database. */
const own = processWide<{ connection?: Connection | undefined; closing?: Promise<void> | undefined }>(
  'connection',
  () => ({}),
);

/**
 * The Prisma client for every query: that of the open transaction, or else that of the process, for the server that
 * DATABASE_URL names or the embedded database. Only `inTransaction` begins transactions.
 */
export function database(): Transaction {
  return currentTransaction() ?? connection().prisma;
}

/**
 * The connection of this process, opened on first use.
 * @throws FhirError 503 while it is being closed, and from then on when the process ends
 */
export function connection(): Connection {
  if (own.closing || (isEnding() && !own.connection)) throw isClosed();
  const { databaseUrl, databaseDirectUrl, dataDir } = env();
  own.connection ??= databaseUrl ? connect(databaseUrl, databaseDirectUrl) : connectEmbedded({ folder: dataDir });
  return own.connection;
}

/** Replaces the connection of this process, for database tests, which bring their own. @internal */
export function useConnection(replacement: Connection): void {
  own.connection = replacement;
}

/** Closes the connection of this process, if it is open, so that nothing stays half-written. */
export async function disconnect(): Promise<void> {
  const open = own.connection;
  own.connection = undefined;
  own.closing ??= open?.close().finally(() => {
    own.closing = undefined;
  });
  await own.closing;
}

/** Opens the PostgreSQL server at `url`; `directUrl` leads to the same database past a pooler. */
export function connect(url: string, directUrl?: string): Connection {
  return withPrisma(openPostgres(url, directUrl));
}

/** Opens the embedded database at `place`. */
export function connectEmbedded(place?: EmbeddedPlace): Connection {
  return withPrisma(openEmbedded(place));
}

function withPrisma({ adapter, driver, ownTransaction, close }: Omit<Connection, 'prisma'>): Connection {
  const watched = observeAdapter(adapter);
  // Its longer errors quote what they are about.
  const options = { errorFormat: 'minimal', transactionOptions: { maxWait: 20_000 } } as const;
  const prisma = new PrismaClient({ adapter: tellingTrouble(watched), ...options });
  return {
    prisma,
    driver: { send: (statement) => observed('single', statement.text, () => driver.send(statement)) },
    ownTransaction,
    adapter: watched,
    async close() {
      await prisma.$disconnect();
      await close();
    },
  };
}
