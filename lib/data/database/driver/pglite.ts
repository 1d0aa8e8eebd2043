import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { turnTaker } from '#lib/work/in-turns.ts';
import { columnReaders } from './column-types.ts';
import type { Driver, OwnTransaction, Statement } from './driver.ts';
import { lockFolder } from './folder-lock.ts';
import { keepTreePrivate } from './private-folder.ts';

/**
 * An open embedded database: the adapter for Prisma, the driver for direct statements, a transaction apart from both,
 * and the function to close it.
 */
export interface EmbeddedDatabase {
  adapter: PrismaPGlite;
  driver: Driver;
  ownTransaction: OwnTransaction;
  pglite: PGlite;
  close(): Promise<void>;
}

/**
 * Where the embedded database is kept: in a folder, in memory, where it may start from a `snapshot`, or in a `pglite`
 * that is open already, and that whoever opened it closes.
 */
export interface EmbeddedPlace {
  folder?: string;
  snapshot?: Blob;
  pglite?: PGlite;
}

/**
 * Opens the embedded PostgreSQL. Locks its folder, as a second process there would corrupt the data, and keeps other
 * people out of it.
 * @throws Error when another living process holds the folder, or when others can read it and that cannot be changed.
 */
export function openEmbedded({ folder, snapshot, pglite: opened }: EmbeddedPlace = {}): EmbeddedDatabase {
  if (opened) return connectedTo(opened, async () => {});
  const unlock = folder ? lockFolder(folder) : () => {};
  const dataDir = folder ? join(folder, 'postgres') : 'memory://';
  if (folder) keepTreePrivate(dataDir);
  const pglite = givingTurns(new PGlite({ dataDir, loadDataDir: snapshot }));
  // A new database is unpacked with files for everybody; those that PostgreSQL makes later are its owner's alone.
  if (folder) pglite.waitReady.then(() => keepTreePrivate(dataDir)).catch(() => {});
  const close = async () => {
    await pglite.close();
    unlock();
  };
  return connectedTo(pglite, close);
}

function connectedTo(pglite: PGlite, close: () => Promise<void>): EmbeddedDatabase {
  const adapter = new PrismaPGlite(pglite);
  return { adapter, driver: driverOf(pglite), ownTransaction: transactionsOf(pglite), pglite, close };
}

/**
 * Lets other requests have their turn between statements. The database runs inside this process, so that a statement is
 * done when it is awaited: without this, a request with a thousand statements would keep every timer and connection
 * waiting until its end.
 */
function givingTurns(pglite: PGlite): PGlite {
  const send = pglite.execProtocolRaw.bind(pglite);
  const turn = turnTaker();
  pglite.execProtocolRaw = async (...sent) => {
    await turn();
    return send(...sent);
  };
  return pglite;
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

/** Transactions during which all other statements wait. */
function transactionsOf(pglite: PGlite): OwnTransaction {
  return (work) =>
    pglite.transaction((transaction) =>
      work({
        run: async (script) => {
          await transaction.exec(script);
        },
        ask: async <Row>(text: string, values?: unknown[]) => (await transaction.query<Row>(text, values)).rows,
      }),
    );
}
