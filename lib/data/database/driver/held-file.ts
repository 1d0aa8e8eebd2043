import { chmodSync, existsSync, writeFileSync } from 'node:fs';

/** The code of SQLite for a file that somebody else has locked. */
const busy = 5;

/**
 * Has the system lock a file, which is made when there is none, for this process alone. It tells processes of all
 * containers apart that have the file on one machine, and its lock ends with the process, however that ends. Node has no
 * such locks of its own, but SQLite, which comes with it, locks its files so; nothing is ever written to this one.
 * @returns a function that releases the file; undefined when somebody else has it
 */
export function hold(file: string): (() => void) | undefined {
  // For its owner alone; SQLite would make it for everybody. One that is there is not opened, as closing it ends locks.
  if (existsSync(file)) chmodSync(file, 0o600);
  else writeFileSync(file, '', { mode: 0o600 });
  // Not imported, so that bundlers leave it alone.
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const database = new DatabaseSync(file);
  try {
    // Without a second file beside this one.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return () => void (database.isOpen && database.close());
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === busy) return undefined;
    // A file system without locks: the numbers of processes are all that is known there.
    return () => {};
  }
}
