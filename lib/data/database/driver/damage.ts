import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Refuses a folder from which the file is missing by which the embedded database knows its own: it would make a new one
 * over what is there.
 * @throws Error that says what to do
 */
export function requireWhole(dataDir: string): void {
  const isDatabase = existsSync(join(dataDir, 'global/pg_control'));
  if (isDatabase && !existsSync(join(dataDir, 'PG_VERSION')))
    throw damaged(dataDir, new Error('PG_VERSION is missing.'));
}

/** The error for an embedded database that does not open, whose own words are about its insides. */
export function damaged(dataDir: string, cause: unknown): Error {
  return new Error(
    `The embedded database in ${dataDir} cannot be opened: its files are damaged or incomplete, as after a full disk, or when they were copied while the server ran. Nothing in it was changed. Move the folder away and put a backup in its place; without one, a start makes a new, empty database there. DEBUG=1 shows what the database said.`,
    { cause },
  );
}
