/** Runs before any package can be imported, hence plain JavaScript that needs nothing but Node. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const withParent = fileURLToPath(new URL('with-parent.mjs', import.meta.url));

/**
 * Starts a program that ends when this process does, even when it is killed: what is left of a build or an installation
 * would go on beside the next one.
 * @param options.stdout where its output goes, and its errors: a pipe to this process, or where those of this process go
 */
export function startChild(program, args, { stdout = 'pipe', ...options } = {}) {
  return spawn(process.execPath, [withParent, program, ...args], {
    ...options,
    stdio: ['ignore', stdout, stdout, 'ipc'],
  });
}
