import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hold } from './held-file.ts';
import { keepFolderPrivate } from './private-folder.ts';

/** The process that holds a folder. Its id alone is not enough: ids are used again, above all in containers. */
interface Holder {
  pid: number;
  /** When the process started, in the unit of the system; undefined where the system does not say. */
  started: string | undefined;
}

/**
 * Keeps other people and other processes out of `folder`, the latter in two ways. A file `lock` names this process; one
 * that is unreadable, or that a dead process has left, is taken over. Two containers do not see each other's processes,
 * and both may be number 1: so the system locks a file `held` as well, for as long as this process lives.
 * @returns a function that releases the folder; so does the end of the process.
 * @throws Error when another living process holds the folder.
 */
export function lockFolder(folder: string): () => void {
  keepFolderPrivate(folder, ['lock', 'held', 'postgres']);
  const file = join(folder, 'lock');
  const holder = readHolder(file);
  if (holder && isAlive(holder)) throw inUse(folder, `process ${holder.pid}`);
  const release = hold(join(folder, 'held'));
  if (!release) throw inUse(folder, 'another process, perhaps of another container');
  rmSync(file, { force: true });
  // With `wx`, one of two processes that start at the same moment fails here.
  writeFileSync(file, [process.pid, statOf(process.pid).started].join(' ').trim(), { flag: 'wx', mode: 0o600 });
  const unlock = () => {
    process.removeListener('exit', unlock);
    rmSync(file, { force: true });
    release();
  };
  process.once('exit', unlock);
  return unlock;
}

function inUse(folder: string, by: string): Error {
  return new Error(
    `The embedded database in ${folder} is in use by ${by}. Stop that process, choose another folder with DATA_DIR, or use a PostgreSQL server with DATABASE_URL.`,
  );
}

function readHolder(file: string): Holder | undefined {
  const [, pid, started] = /^(\d{1,10})(?: (\S+))?\s*$/.exec(read(file) ?? '') ?? [];
  if (!pid || Number(pid) === 0) return undefined;
  return { pid: Number(pid), started };
}

function isAlive({ pid, started }: Holder): boolean {
  // The lock names an earlier process with our own id, as the first one of a container has, or one of another container
  // that lives: what the system locks tells.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const { state, started: startNow } = statOf(pid);
  if (ended.has(state)) return false;
  return !started || !startNow || started === startNow;
}

/** States of a process that was killed and still has its number, until its parent asks what has become of it. */
const ended: ReadonlySet<string | undefined> = new Set(['Z', 'X']);

/** The state of a process and when it started, from Linux's process table; nothing on systems without one. */
function statOf(pid: number): { state?: string | undefined; started?: string | undefined } {
  // The second field, the program's name in brackets, may contain spaces; the state is the first after it.
  const fields = read(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ') ?? [];
  return { state: fields[0], started: fields[19] };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
