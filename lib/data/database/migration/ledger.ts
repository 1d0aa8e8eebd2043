import { randomUUID } from 'node:crypto';
import type { Session } from '../driver/driver.ts';
import type { Migration } from './files.ts';

/** A row of `_prisma_migrations`, the table in which Prisma notes migrations: one try of a migration. */
export interface LedgerRow {
  name: string;
  checksum: string;
  finished: boolean;
  /** Whether the try counts as one that left nothing behind. */
  undone: boolean;
}

/** As Prisma makes it, so that its own commands can go on with the database. */
const table = `CREATE TABLE _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/** What the database knows of migrations, oldest first; makes the table when there is none. */
export async function readLedger(session: Session): Promise<LedgerRow[]> {
  if (!(await hasLedger(session))) {
    await session.run(table);
    return [];
  }
  return session.ask<LedgerRow>(`SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished,
    rolled_back_at IS NOT NULL AS undone FROM _prisma_migrations ORDER BY started_at, migration_name`);
}

/** @throws Error when there is none, and the database holds tables of something else */
async function hasLedger(session: Session): Promise<boolean> {
  const tables = await session.ask<{ name: string }>(
    `SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema()`,
  );
  if (tables.some(({ name }) => name === '_prisma_migrations')) return true;
  if (tables.length === 0) return false;
  const names = tables.slice(0, 3).map(({ name }) => name);
  throw new Error(
    `The database holds tables of something else (${names.join(', ')}), and nothing says which migrations it has. Name an empty database in DATABASE_URL.`,
  );
}

/** Notes that a migration has been applied, and that earlier tries, which broke off, left nothing behind. */
export async function noteApplied(session: Session, { name, checksum }: Migration): Promise<void> {
  await session.ask(
    `UPDATE _prisma_migrations SET rolled_back_at = now()
     WHERE migration_name = $1 AND finished_at IS NULL AND rolled_back_at IS NULL`,
    [name],
  );
  await session.ask(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  );
}

/** The key of the lock that Prisma takes, so that releases that migrated with its engine wait, too. */
const lockKey = 72_707_369;

/**
 * Waits until no other process migrates, and keeps others from it until the transaction has ended. Being part of the
 * transaction, the lock holds behind a pooler, too.
 * @param onWait called when another process migrates
 */
export async function lockLedger(session: Session, onWait: () => void): Promise<void> {
  const [row] = await session.ask<{ free: boolean }>(`SELECT pg_try_advisory_xact_lock(${lockKey}) AS free`);
  if (row?.free) return;
  onWait();
  await session.ask(`SELECT pg_advisory_xact_lock(${lockKey})`);
}
