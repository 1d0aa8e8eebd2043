import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';
import { type Connection, connect, connectEmbedded } from '../database/database.ts';
import { applyMigrations } from '../database/migrations.ts';

/** A database with every migration that comes before the one whose name begins with `migration`. */
export async function databaseBefore(migration: string): Promise<Connection> {
  const connection = await emptyDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'migrations-before-'));
  cpSync('prisma/migrations', folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (/^\d/.test(name) && name >= migration) rmSync(join(folder, name), { recursive: true });
  }
  await applyMigrations(connection.adapter, folder);
  rmSync(folder, { recursive: true });
  return connection;
}

async function emptyDatabase(): Promise<Connection> {
  const given = inject('database');
  if (given.kind === 'pglite') return connectEmbedded();
  const name = `before_${process.pid}_${Date.now()}`;
  const client = new Client({ connectionString: given.server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return connect(new URL(`/${name}`, given.server).href);
}
