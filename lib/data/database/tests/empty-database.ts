import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';
import { type Connection, connect, connectEmbedded } from '../database.ts';

/** Opens a database without any migration, on the kind that is tested. */
export async function emptyDatabase(): Promise<Connection> {
  const given = inject('database');
  return given.kind === 'pglite' ? connectEmbedded() : connect(await createDatabase(given.server));
}

let made = 0;

/** Creates a database on the server. @returns its address */
export async function createDatabase(server: string): Promise<string> {
  made += 1;
  const name = `empty_${process.pid}_${Date.now()}_${made}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return new URL(`/${name}`, server).href;
}

/** A database without any migration that other processes can open, one after the other on the embedded one. */
export interface SharedDatabase {
  open(): Connection;
  /** The settings by which another process opens it. */
  variables: Record<string, string>;
  remove(): void;
}

export async function sharedDatabase(): Promise<SharedDatabase> {
  const given = inject('database');
  if (given.kind === 'postgres') {
    const url = await createDatabase(given.server);
    return { open: () => connect(url), variables: { DATABASE_URL: url }, remove: () => {} };
  }
  const folder = mkdtempSync(join(tmpdir(), 'shared-database-'));
  return {
    open: () => connectEmbedded({ folder }),
    variables: { DATABASE_URL: '', DATA_DIR: folder },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
