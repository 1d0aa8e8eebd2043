/** A migrated database for tests that start other processes, which the processes open one after another. */
import { mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type Connection, connectEmbedded, connection, database } from '../database.ts';
import type { EmbeddedPlace } from '../driver/pglite.ts';

/** A database that processes find by these `variables` of their environment. */
export interface DatabaseForProcesses {
  variables: Record<string, string>;
  /** Connects to it while no process runs, as the embedded database belongs to one process. */
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  remove(): void;
}

/** The database of the test on PostgreSQL; on the embedded one, a folder with a copy of it. */
export async function databaseForProcesses(): Promise<DatabaseForProcesses> {
  const tested = inject('database');
  if (tested.kind === 'pglite') return copied(await openAsBlob(tested.snapshot));
  const [{ name } = { name: '' }] = await database().$queryRawUnsafe<{ name: string }[]>(
    'SELECT current_database() AS name',
  );
  const variables = { DATABASE_URL: new URL(`/${name}`, tested.server).href };
  return { variables, use: (work) => work(connection()), remove: () => {} };
}

async function copied(snapshot: Blob): Promise<DatabaseForProcesses> {
  const folder = mkdtempSync(join(tmpdir(), 'ehr-sandbox-processes-'));
  await during({ folder, snapshot }, ({ prisma }) => prisma.sandbox.count());
  return {
    variables: { DATABASE_URL: '', DATA_DIR: folder },
    use: (work) => during({ folder }, work),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function during<T>(place: EmbeddedPlace, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = connectEmbedded(place);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}
