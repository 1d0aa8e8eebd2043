/** Runs around each database test file: connects `database()` to a fresh, migrated database for that file. */
import { openAsBlob } from 'node:fs';
import { Client } from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { type Connection, connect, connectEmbedded, disconnect, useConnection } from '#lib/data/database/database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    database: { kind: 'pglite'; snapshot: string } | { kind: 'postgres'; server: string };
  }
}

beforeAll(async () => useConnection(await freshConnection()));
afterAll(disconnect);

async function freshConnection(): Promise<Connection> {
  const database = inject('database');
  if (database.kind === 'pglite') return connectEmbedded({ snapshot: await openAsBlob(database.snapshot) });
  const name = `test_${process.pid}_${Date.now()}`;
  const client = new Client({ connectionString: database.server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE migrated`);
  await client.end();
  return connect(new URL(`/${name}`, database.server).href);
}
