import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';
import { type Connection, connect, connectEmbedded } from '../database.ts';

/** A database without any migration, which this process and others can open, one after the other on the embedded one. */
export interface EmptyDatabase {
  open(): Connection;
  /** The settings by which another process opens it. */
  variables: Record<string, string>;
  remove(): void;
}

let made = 0;

/** Makes one on the kind of database that is tested. */
export async function emptyDatabase(): Promise<EmptyDatabase> {
  const given = inject('database');
  if (given.kind === 'pglite') return inFolder();
  made += 1;
  const name = `empty_${process.pid}_${Date.now()}_${made}`;
  const client = new Client({ connectionString: given.server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(`/${name}`, given.server).href;
  return { open: () => connect(url), variables: { DATABASE_URL: url }, remove: () => {} };
}

function inFolder(): EmptyDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'empty-database-'));
  return {
    open: () => connectEmbedded({ folder }),
    variables: { DATABASE_URL: '', DATA_DIR: folder },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
