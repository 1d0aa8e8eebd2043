import type { Migration } from './files.ts';
import type { LedgerRow } from './ledger.ts';

/** What is left to do to bring a database up to date. */
export interface Plan {
  /** The migration to apply now; undefined when the database has all. */
  next: Migration | undefined;
  /** Whether an earlier release began it and did not tell how it ended. */
  begunBefore: boolean;
  /** Whether the database has migrations already. */
  hasAny: boolean;
  /** The migrations whose files have changed since they were applied. */
  changed: string[];
}

/**
 * Compares the migrations of this release with what the database knows.
 * @throws Error when the database has some that this release does not know
 */
export function planOf(migrations: Migration[], rows: LedgerRow[]): Plan {
  const standing = rows.filter(({ undone }) => !undone);
  const applied = new Map(standing.filter(({ finished }) => finished).map((row) => [row.name, row]));
  refuseUnknown(migrations, standing);
  const next = migrations.find(({ name }) => !applied.has(name));
  const changed = migrations.filter(({ name, checksums }) => {
    const row = applied.get(name);
    return row && !checksums.includes(row.checksum);
  });
  return {
    next,
    begunBefore: standing.some(({ name, finished }) => name === next?.name && !finished),
    hasAny: applied.size > 0,
    changed: changed.map(({ name }) => name),
  };
}

function refuseUnknown(migrations: Migration[], standing: LedgerRow[]): void {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = standing.map(({ name }) => name).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  const newest = migrations.at(-1)?.name ?? 'none';
  throw new Error(
    `The database was brought up to date by another release, most likely a newer one: this release goes up to migration ${newest}, and the database has ${[...new Set(unknown)].join(', ')}. Start that release, or restore a backup from before it.`,
  );
}
