/** A migrated database for tests that start other processes, which the processes open one after another. */
import { openAsBlob } from 'node:fs';
import { inject } from 'vitest';
import { type Connection, connectEmbedded, connection, database } from '../database.ts';
import type { EmbeddedPlace } from '../driver/pglite.ts';

/** A database by the `variables` of the environment that name it, and a way to do some work on it in this process. */
export interface DatabaseForProcesses {
  variables: Record<string, string>;
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
}

/** The database of the test on PostgreSQL; on the embedded one, a copy of it in `folder`, which one process opens at a time. */
export async function databaseForProcesses(folder: string): Promise<DatabaseForProcesses> {
  const tested = inject('database');
  if (tested.kind === 'postgres') {
    const [{ name } = { name: '' }] = await database().$queryRawUnsafe<{ name: string }[]>(
      'SELECT current_database() AS name',
    );
    const variables = { DATABASE_URL: new URL(`/${name}`, tested.server).href };
    return { variables, use: (work) => work(connection()) };
  }
  const snapshot = await openAsBlob(tested.snapshot);
  await during({ folder, snapshot }, ({ prisma }) => prisma.sandbox.count());
  return { variables: { DATABASE_URL: '', DATA_DIR: folder }, use: (work) => during({ folder }, work) };
}

async function during<T>(place: EmbeddedPlace, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = connectEmbedded(place);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}
