import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '../database/database.ts';
import { applyMigrations } from '../database/migration/apply.ts';
import { emptyDatabase } from '../database/tests/empty-database.ts';

/** A database of its own, as it was just before the first migration whose name begins with `first`. */
export async function databaseBefore(first: string): Promise<Connection> {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-before-'));
  cpSync('prisma/migrations', folder, { recursive: true });
  for (const name of readdirSync(folder).filter((one) => one.startsWith('2') && one >= first)) {
    rmSync(join(folder, name), { recursive: true });
  }
  const connection = await emptyDatabase();
  await applyMigrations(connection, { folder });
  rmSync(folder, { recursive: true });
  return connection;
}
