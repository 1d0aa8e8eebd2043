import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';

/** The bits of a mode that let others than the owner in. */
const others = 0o077;

/**
 * Makes the folder of the embedded database for its owner alone, also one that exists. A folder in which other things than
 * `ours` lie stays as it is: it may be everybody's, such as /tmp.
 * @throws Error when others can look into it and that cannot be changed
 */
export function keepFolderPrivate(folder: string, ours: readonly string[]): void {
  makeFolder(folder, 0o700);
  if (readdirSync(folder).every((name) => ours.includes(name))) shut(folder);
}

/** Makes a folder with everything in it for its owner alone; links in it are not followed. */
export function keepTreePrivate(folder: string): void {
  makeFolder(folder, 0o700);
  shut(folder);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() || entry.isDirectory()) shut(join(entry.parentPath, entry.name));
  }
}

function shut(path: string): void {
  // Windows has no modes; there, a folder in somebody's home is theirs.
  if (process.platform === 'win32' || !isOpen(path)) return;
  try {
    chmodSync(path, modeOf(path) & ~others);
  } catch {
    // What it comes to is looked at next.
  }
  if (isOpen(path)) throw new Error(notOurs(path));
}

function isOpen(path: string): boolean {
  return (modeOf(path) & others) !== 0;
}

/** Zero for a file that has gone meanwhile. */
function modeOf(path: string): number {
  return (statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o777;
}

function notOurs(path: string): string {
  return `Others on this machine can read ${path}, which holds the embedded database, and that could not be changed. Give it to the user who runs this server, with mode 0700, or choose another folder with DATA_DIR.`;
}
