/** What must happen before any package can be imported: plain JavaScript on nothing but Node itself. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules/.installed-from');
const pinnedNode = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

/**
 * Installs what the lockfile says unless node_modules came from this very one. Ends the process with npm's words when
 * that fails. What builds is among the development packages, which NODE_ENV=production must not leave out. `npm ci` would
 * want every platform's optional packages in the lockfile; not every registry has them all.
 */
export function ensureInstalled() {
  process.chdir(root);
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('• Installing packages (once for each change of package-lock.json; a minute or two)');
  const npm = spawnSync(
    'npm',
    ['install', '--include=dev', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
      env: { ...process.env, PRISMA_SKIP_POSTINSTALL_GENERATE: '1' },
    },
  );
  if (npm.status !== 0) {
    console.error(
      `\nThe packages could not be installed (npm install ended with ${npm.error?.message ?? `code ${npm.status}`}). Its reason stands above; run the command again when it is mended.`,
    );
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

/**
 * Runs a TypeScript file on the pinned Node, and ends as it ends. A production tree leaves it out: what runs such a tree
 * brings a Node of the same line.
 */
export function runOnPinnedNode(script, args, flags = []) {
  const node = existsSync(pinnedNode) ? pinnedNode : process.execPath;
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...flags, script, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    shell: process.platform === 'win32',
  });
  // A terminal's Ctrl-C reaches the child by itself, and once more from here; a signal sent to this process alone does not.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
