/** What `npm start` says before any package is used: in a folder with three small files, in a process of its own. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const a = { version: '1.0.0', integrity: 'sha512-a' };
const lock = { packages: { '': { dependencies: { a: '1.0.0' } }, 'node_modules/a': a } };
const manifest = { type: 'module', imports: { '#scripts/*': './scripts/*' }, dependencies: { a: '1.0.0' } };

/** Runs a script in a checkout with this package.json and these installed packages. */
function start({ wanted = manifest, packages = { 'node_modules/a': a } as object } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'install-'));
  const write = (file: string, content: unknown) =>
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  for (const path of ['scripts/install', 'node_modules']) mkdirSync(join(folder, path), { recursive: true });
  for (const file of ['run.mjs', 'install/install.mjs', 'install/lockfile.mjs', 'install/node-choice.mjs']) {
    cpSync(join('scripts', file), join(folder, 'scripts', file));
  }
  write('scripts/hello.ts', "const text: string = 'hello'; console.log(text, process.execPath);");
  write('package.json', wanted);
  write('package-lock.json', lock);
  write('node_modules/.installed-from', createHash('sha256').update(JSON.stringify(lock)).digest('hex'));
  write('node_modules/.package-lock.json', { packages });
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', 'hello'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

it('starts on the machine’s own Node when the packages are those of the lockfile', () => {
  expect(start()).toEqual({ status: 0, stdout: `hello ${process.execPath}\n`, stderr: '' });
});

it.each<[what: string, change: Parameters<typeof start>[0], said: RegExp]>([
  [
    'package.json asks for another version',
    { wanted: { ...manifest, dependencies: { a: '1.0.1' } } },
    /package\.json asks for a 1\.0\.1, and package-lock\.json for a 1\.0\.0\.\nUndo the change/,
  ],
  [
    'another version is installed',
    { packages: { 'node_modules/a': { ...a, version: '1.2.0' } } },
    /a is 1\.2\.0.*\nDelete the folder node_modules/,
  ],
  [
    'another make is installed',
    { packages: { 'node_modules/a': { ...a, integrity: 'sha512-b' } } },
    /another make.*\nDelete the folder node_modules/,
  ],
  ['a package is missing', { packages: {} }, /a is missing\.\nDelete the folder node_modules/],
])('refuses in words when %s', (_, change, said) => {
  const { status, stdout, stderr } = start(change);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(said);
});
