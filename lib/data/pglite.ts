import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPGlite } from 'pglite-prisma-adapter';

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
 * A second process in the same folder would corrupt it, so the folder is locked by process id.
 * @throws Error when another living process holds the folder.
 */
export function openEmbedded({ folder, snapshot }: EmbeddedPlace = {}): EmbeddedDatabase {
  const unlock = folder ? lock(folder) : () => {};
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

function lock(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'lock');
  const holder = readHolder(file);
  if (holder && isAlive(holder)) {
    throw new Error(
      `The embedded database in ${folder} is in use by process ${holder}. Stop that process, choose another folder with DATA_DIR, or use a PostgreSQL server with DATABASE_URL.`,
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function readHolder(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 && pid !== process.pid ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
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
