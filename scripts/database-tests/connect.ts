/** Runs around each database test file: connects `database()` to a migrated database without rows for that file. */
import { openAsBlob } from 'node:fs';
import { Client } from 'pg';
import { afterAll, beforeAll, inject, vi } from 'vitest';
import { type Connection, connect, connectEmbedded, disconnect, useConnection } from '#lib/data/database/database.ts';
import { type EmbeddedDatabase, openEmbedded } from '#lib/data/database/driver/pglite.ts';
import { usePasswordCost } from '#lib/data/member/passwords.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    database: { kind: 'pglite'; snapshot: string } | { kind: 'postgres'; server: string };
  }
}

/** A thousandth of the real cost: hundreds of tests sign in, and few are about how passwords are kept. */
const cheap = { N: 16, r: 8, p: 1 };

beforeAll(async () => {
  usePasswordCost(cheap);
  useConnection(await freshConnection());
});

/** The next file in this process finds nothing of this one: no write under way, no spy, no connection. */
afterAll(async () => {
  vi.restoreAllMocks();
  await written();
  await disconnect();
});

async function freshConnection(): Promise<Connection> {
  const database = inject('database');
  if (database.kind === 'pglite') return emptied(database.snapshot);
  const name = `test_${process.pid}_${Date.now()}`;
  const client = new Client({ connectionString: database.server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE migrated`);
  await client.end();
  return connect(new URL(`/${name}`, database.server).href);
}

const kept = globalThis as typeof globalThis & { embeddedOfTests?: EmbeddedDatabase };

/**
 * A connection to the embedded database of this worker, without the rows of the file before: to empty it costs a tenth of
 * opening it.
 */
async function emptied(snapshot: string): Promise<Connection> {
  if (kept.embeddedOfTests) await empty(kept.embeddedOfTests);
  kept.embeddedOfTests ??= openEmbedded({ snapshot: await openAsBlob(snapshot) });
  return connectEmbedded({ pglite: kept.embeddedOfTests.pglite });
}

async function empty({ pglite }: EmbeddedDatabase): Promise<void> {
  const { rows } = await pglite.query<{ tables: string }>(
    `SELECT string_agg(quote_ident(tablename), ', ') AS tables FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  );
  await pglite.exec(`TRUNCATE ${rows[0]?.tables} RESTART IDENTITY CASCADE`);
}

/** Imported only now: modules that are loaded before a test file cannot be mocked by it. */
async function written(): Promise<void> {
  const [{ auditWritten }, { usesNoted }] = await Promise.all([
    import('#lib/data/audit/queue.ts'),
    import('#lib/data/last-use.ts'),
  ]);
  await Promise.all([auditWritten(), usesNoted()]);
}
