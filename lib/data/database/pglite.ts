import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { columnReaders } from './column-types.ts';
import type { Driver, Statement } from './driver.ts';
import { lockFolder } from './folder-lock.ts';

/** An embedded database that is open: the driver adapter for Prisma, the driver beside it, and how to close it. */
export interface EmbeddedDatabase {
  adapter: PrismaPGlite;
  driver: Driver;
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
  const dataDir = folder ? join(folder, 'postgres') : 'memory://';
  const pglite = new PGlite({ dataDir, loadDataDir: snapshot });
  const close = async () => {
    await pglite.close();
    unlock();
  };
  return { adapter: awaitingScripts(new PrismaPGlite(pglite), pglite), driver: driverOf(pglite), pglite, close };
}

function driverOf(pglite: PGlite): Driver {
  const parsers = Object.fromEntries(columnReaders);
  return {
    async send<Row>({ text, values }: Statement) {
      const { rows, affectedRows } = await pglite.query<Row>(text, values, { parsers });
      return { rows, count: affectedRows ?? rows.length };
    },
  };
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
