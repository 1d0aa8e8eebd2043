import type { Connection } from '#lib/data/database/database.ts';
import { applyMigrations } from '#lib/data/database/migration/apply.ts';
import { sharedDatabase } from '#lib/data/database/tests/empty-database.ts';

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
  const { open, variables, remove } = await sharedDatabase();
  const use: CommandDatabase['use'] = async (work) => {
    const connection = open();
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  };
  await use(({ ownTransaction }) => applyMigrations({ ownTransaction }));
  return { variables, use, remove };
}
