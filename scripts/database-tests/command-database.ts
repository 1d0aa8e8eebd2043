import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';
import { type Connection, connect, connectEmbedded } from '#lib/data/database/database.ts';
import { applyMigrations } from '#lib/data/database/migration/apply.ts';

/** A database that a command opens itself, as a process of its own. */
export interface CommandDatabase {
  /** The settings by which the command finds it. */
  variables: Record<string, string>;
  /** Connects to it while no command runs, as the embedded database belongs to one process. */
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  remove(): void;
}

/** Makes an empty database of the kind that is tested, and brings it up to date. */
export async function makeCommandDatabase(): Promise<CommandDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'ehr-sandbox-command-'));
  const url = await emptyDatabase();
  const use: CommandDatabase['use'] = async (work) => {
    const connection = url ? connect(url) : connectEmbedded({ folder });
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  };
  await use(({ ownTransaction }) => applyMigrations({ ownTransaction }));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { variables: { DATABASE_URL: url, DATA_DIR: folder }, use, remove };
}

/** The address of a new database on the PostgreSQL server; '' where the embedded one is tested. */
async function emptyDatabase(): Promise<string> {
  const given = inject('database');
  if (given.kind === 'pglite') return '';
  const name = `command_${process.pid}_${Date.now()}`;
  const client = new Client({ connectionString: given.server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return new URL(`/${name}`, given.server).href;
}
