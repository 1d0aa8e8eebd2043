/**
 * `node with-parent.mjs PROGRAM …` runs a program that ends with the process that started this one, even when that is
 * killed and can end nothing itself: the channel between the two closes then. Plain JavaScript, as installing runs it, too.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** How long a program may take to end by itself, in milliseconds. */
const patience = 5000;

const [, , program, ...args] = process.argv;
// On Windows npm is a script of its shell.
const child = spawn(program, args, { stdio: 'inherit', shell: process.platform === 'win32' && program === 'npm' });

const end = () => {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), patience).unref();
};
process.once('disconnect', end);
if (process.connected === false) end();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
// Its own code, or the one by which shells tell that a signal ended it.
child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
