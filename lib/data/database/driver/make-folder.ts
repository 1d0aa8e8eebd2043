import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those that it lies in, where they are missing. Not by Node's `recursive`, which tries for ever where
 * a folder is there and takes none, as /proc does.
 * @throws Error of the system with its code when that cannot be done
 */
export function makeFolder(folder: string, mode = 0o777): void {
  const parent = dirname(folder);
  if (parent !== folder && !existsSync(parent)) makeFolder(parent, mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    if (!isThere(error, folder)) throw error;
  }
}

/** Whether it exists as a folder already, made by somebody else in this moment perhaps. */
function isThere(error: unknown, folder: string): boolean {
  return Object(error).code === 'EEXIST' && existsSync(`${folder}/.`);
}
