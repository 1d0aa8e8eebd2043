import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { env } from '#lib/env.ts';
import { PrismaClient } from '#prisma/generated/client.ts';
import { openEmbedded } from './pglite.ts';

/** A connected database: Prisma's client, the adapter beneath it for migrations, and how to let go of it. */
export interface Connection {
  prisma: PrismaClient;
  adapter: SqlMigrationAwareDriverAdapterFactory;
  close(): Promise<void>;
}

// One connection per process, though the bundler may load this module more than once.
const shared = globalThis as typeof globalThis & { [key: symbol]: Connection | undefined };
const key = Symbol.for('ehr-sandbox.connection');

/** The client for every query of this process: the embedded database, or the server that DATABASE_URL names. */
export function database(): PrismaClient {
  return connection().prisma;
}

/** The connection of this process, opened on first use. */
export function connection(): Connection {
  const open = shared[key] ?? connect(env().databaseUrl, env().dataDir);
  shared[key] = open;
  return open;
}

/** Makes `replacement` the connection of this process: database tests bring their own. */
export function useConnection(replacement: Connection): void {
  shared[key] = replacement;
}

/** Closes the connection of this process, when there is one, so that nothing stays half-written. */
export async function disconnect(): Promise<void> {
  const open = shared[key];
  shared[key] = undefined;
  await open?.close();
}

/** Opens a PostgreSQL server by `url`, or the embedded database in `folder` (in memory without one). */
export function connect(url?: string, folder?: string): Connection {
  const { adapter, close } = url
    ? { adapter: new PrismaPg({ connectionString: url }), close: async () => {} }
    : openEmbedded(folder);
  const prisma = new PrismaClient({ adapter, transactionOptions: { maxWait: 20_000, timeout: 60_000 } });
  return {
    prisma,
    adapter: adapter as SqlMigrationAwareDriverAdapterFactory,
    async close() {
      await prisma.$disconnect();
      await close();
    },
  };
}
