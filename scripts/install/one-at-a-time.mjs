/** Runs before any package can be imported, hence plain JavaScript that needs nothing but Node. */
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a holder says that it lives, and how often others look, in milliseconds. */
const beat = 500;

/** What the lock of this process says. */
const ours = `${process.pid} ${hostname()} ${performance.timeOrigin}`;

/**
 * Does `work` while no other process does work under the same lock file, and waits for one that does: two starts in one
 * checkout would otherwise install or build over one another. The lock of a process that has died is taken over: of one
 * on this machine at once, of any other when it has been silent for a while.
 * @param options.waiting is called once when there is something to wait for, with the id of the process
 * @param options.maxSilence a holder that has not said for so long that it lives, in milliseconds, is taken for dead
 */
export async function oneAtATime(file, work, { waiting = () => {}, maxSilence = 20_000 } = {}) {
  await acquire(file, waiting, maxSilence);
  const isOurs = () => read(file)?.text === ours;
  const living = setInterval(() => isOurs() && utimesSync(file, new Date(), new Date()), beat);
  const release = () => isOurs() && rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(living);
    process.removeListener('exit', release);
    release();
  }
}

async function acquire(file, waiting, maxSilence) {
  mkdirSync(dirname(file), { recursive: true });
  let tell = (pid) => {
    tell = () => {};
    waiting(pid);
  };
  for (let seen; !create(file); ) {
    seen = lookAt(file, seen);
    if (!seen) continue;
    const isOver = isDead(seen) || performance.now() - seen.since > maxSilence;
    if (isOver) takeAway(file, seen, maxSilence);
    else {
      tell(Number(seen.text.split(' ')[0]));
      await sleep(beat);
    }
  }
}

/** What the lock says, and since when it has said so and been left alone; undefined when it is released. */
function lookAt(file, before) {
  const held = read(file);
  if (held && before?.text === held.text && before.time === held.time) return before;
  return held && { ...held, since: performance.now() };
}

function create(file) {
  try {
    writeFileSync(file, ours, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function read(file) {
  try {
    return { text: readFileSync(file, 'utf8'), time: statSync(file).mtimeMs };
  } catch (error) {
    // Released since.
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether the holder was a process of this machine that has ended. Of other machines, only its silence tells. */
function isDead({ text }) {
  const [pid, host] = text.split(' ');
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return Number(pid) === process.pid;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/**
 * Removes the lock of a dead process. Of several that find it, one does: who came second must not remove the lock of who
 * came first.
 */
function takeAway(file, { text }, maxSilence) {
  const guard = `${file}.taking`;
  if (!create(guard)) {
    const held = read(guard);
    if (held && Date.now() - held.time > maxSilence) rmSync(guard, { force: true });
    return;
  }
  if (read(file)?.text === text) rmSync(file, { force: true });
  rmSync(guard, { force: true });
}
