/** Runs before any package can be imported, hence plain JavaScript that needs nothing but Node. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules/.installed-from');
const pinnedNode = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

/**
 * Installs the packages of the lockfile, unless node_modules was installed from this very lockfile. Exits if npm fails,
 * after npm's own output. Development packages come too, whatever NODE_ENV says, for they build the server. Not `npm ci`:
 * it wants every platform's optional packages in the lockfile, and not every registry has them.
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
 * Runs a TypeScript file on the Node that package.json pins, and exits with its exit code. A production tree has no such
 * Node, so whoever runs one brings a Node of the same major version.
 */
export function runOnPinnedNode(script, args, flags = []) {
  const node = existsSync(pinnedNode) ? pinnedNode : process.execPath;
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...flags, script, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    shell: process.platform === 'win32',
  });
  // A terminal's Ctrl-C reaches the child directly, and harmlessly a second time from here; a signal to this process alone
  // would not reach it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
