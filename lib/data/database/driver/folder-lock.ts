import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepFolderPrivate } from './private-folder.ts';

/** The process that holds a folder. Its id alone is not enough: ids are used again, above all in containers. */
interface Holder {
  pid: number;
  /** When the process started, in the unit of the system; undefined where the system does not say. */
  started: string | undefined;
}

/**
 * Keeps other people and other processes out of `folder`, the latter by a file `lock` in it that names this process. A lock that is unreadable, or
 * that a dead process has left, is taken over.
 * @returns a function that releases the folder; so does the end of the process, unless it is killed.
 * @throws Error when another living process holds the folder.
 */
export function lockFolder(folder: string): () => void {
  keepFolderPrivate(folder, ['lock', 'postgres']);
  const file = join(folder, 'lock');
  const holder = readHolder(file);
  if (holder && isAlive(holder)) {
    throw new Error(
      `The embedded database in ${folder} is in use by process ${holder.pid}. Stop that process, choose another folder with DATA_DIR, or use a PostgreSQL server with DATABASE_URL.`,
    );
  }
  rmSync(file, { force: true });
  // With `wx`, one of two processes that start at the same moment fails here.
  writeFileSync(file, [process.pid, statOf(process.pid).started].join(' ').trim(), { flag: 'wx', mode: 0o600 });
  const unlock = () => {
    process.removeListener('exit', unlock);
    rmSync(file, { force: true });
  };
  process.once('exit', unlock);
  return unlock;
}

function readHolder(file: string): Holder | undefined {
  const [, pid, started] = /^(\d{1,10})(?: (\S+))?\s*$/.exec(read(file) ?? '') ?? [];
  if (!pid || Number(pid) === 0) return undefined;
  return { pid: Number(pid), started };
}

function isAlive({ pid, started }: Holder): boolean {
  // The lock names an earlier process with our own id, as the first one of a container has: we hold no folder yet.
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
