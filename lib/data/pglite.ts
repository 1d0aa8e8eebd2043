import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { lockFolder } from './folder-lock.ts';

/** An embedded database that is open: the driver adapter for Prisma, and how to close it. */
export interface EmbeddedDatabase {
  adapter: PrismaPGlite;
  pglite: PGlite;
  close(): Promise<void>;
}

/** Where the embedded database lives: under a folder, or in memory, there perhaps from an earlier dump. */
export interface EmbeddedPlace {
  folder?: string;
  snapshot?: Blob;
}

/**
 * Opens the embedded PostgreSQL.
 * A second process in the same folder would corrupt it, so the folder is locked.
 * @throws Error when another living process holds the folder.
 */
export function openEmbedded({ folder, snapshot }: EmbeddedPlace = {}): EmbeddedDatabase {
  const unlock = folder ? lockFolder(folder) : () => {};
  const pglite = new PGlite({
    dataDir: folder ? join(folder, 'postgres') : 'memory://',
    ...(snapshot ? { loadDataDir: snapshot } : {}),
  });
  const close = async () => {
    await pglite.close();
    unlock();
  };
  return { adapter: awaitingScripts(new PrismaPGlite(pglite), pglite), pglite, close };
}

/** The adapter starts migration scripts without awaiting them: a failing script would pass for applied. */
function awaitingScripts(factory: PrismaPGlite, pglite: PGlite): PrismaPGlite {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const connection = await connect();
    connection.executeScript = async (script: string) => {
      await pglite.exec(script);
    };
    return connection;
  };
  return factory;
}
