/** Runs before any package can be imported, hence plain JavaScript that needs nothing but Node. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lockIssues, treeIssues } from './lockfile.mjs';
import { chooseNode, nodePackage } from './node-choice.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { overrideIssues } from './overrides.mjs';
import { startChild } from './start-child.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const stamp = join(root, 'node_modules/.installed-from');
const lock = join(root, 'node_modules/.installing');

/**
 * Installs the packages of the lockfile, unless node_modules was installed from this very lockfile. Exits if npm fails,
 * after npm's own output, and if package.json, lockfile and node_modules are not of one mind. Development packages come
 * too, whatever NODE_ENV says, for they build the server. Not `npm ci`: it wants every platform's optional packages in the
 * lockfile, and not every registry has them.
 */
export async function ensureInstalled() {
  process.chdir(root);
  const locked = readJson('package-lock.json');
  const remedy = 'Undo the change of package.json, or run npm install, and keep both files together.';
  const manifest = readJson('package.json');
  endWith([...lockIssues(manifest, locked), ...overrideIssues(manifest, locked)], remedy);
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (!isInstalled()) {
    // Another start may have installed them while this one waited.
    const installOnce = async () => isInstalled() || (await install(wanted));
    const waiting = (pid) => console.log(`• Waiting for process ${pid}, which is installing the packages`);
    await oneAtATime(lock, installOnce, { waiting });
  }
  const again = 'Delete the folder node_modules, and run the command again.';
  endWith(treeIssues(locked, readJson('node_modules/.package-lock.json')), again);
}

async function install(wanted) {
  console.log('• Installing packages (once for each change of package-lock.json; a minute or two)');
  const flags = ['--include=dev', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = startChild('npm', ['install', ...flags], {
    stdout: 'inherit',
    env: { ...process.env, PRISMA_SKIP_POSTINSTALL_GENERATE: '1' },
  });
  const ended = await once(npm, 'exit').then(
    ([code, signal]) => (code === 0 ? undefined : `code ${code ?? signal}`),
    (error) => error.message,
  );
  if (ended) {
    console.error(
      `\nThe packages could not be installed (npm install ended with ${ended}). Its reason stands above; run the command again when it is mended.`,
    );
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** Ends the process when there are issues, with what to do about them. */
function endWith(issues, remedy) {
  if (issues.length === 0) return;
  const shown = issues.slice(0, 10).map((issue) => `  ${issue}`);
  const more = issues.length > shown.length ? [`  … and ${issues.length - shown.length} more.`] : [];
  console.error(
    ['The packages are not those that this version was tested with:', ...shown, ...more, remedy].join('\n'),
  );
  process.exit(1);
}

/** Runs a TypeScript file on the machine's own Node, or on that of the packages, and exits with its exit code. */
export function runOnNode(script, args, flags = []) {
  const child = spawn(nodeOrEnd(), ['--disable-warning=ExperimentalWarning', ...flags, script, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // A terminal's Ctrl-C reaches the child directly, and a second time from here, which it takes for the same; a signal to
  // this process alone would not reach it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // Its own code, or the one by which shells tell that a signal ended it.
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

/** Prefers the machine's own Node; a production tree brings none. Ends the process when there is none that can do it. */
function nodeOrEnd() {
  const { platform, arch, execPath, versions } = process;
  const packaged = join(
    root,
    'node_modules',
    nodePackage(platform, arch),
    'bin',
    platform === 'win32' ? 'node.exe' : 'node',
  );
  // Under npm it may be one of the packages of the release before, which the installation has just removed.
  const path = existsSync(execPath) ? execPath : undefined;
  const own = { version: versions.node, path, machine: `${platform} ${arch}` };
  try {
    return chooseNode(own, existsSync(packaged) ? packaged : undefined);
  } catch (error) {
    console.error(error.message);
    return process.exit(1);
  }
}
