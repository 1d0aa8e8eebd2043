/** What `npm start` says before any package is used: in a folder with three small files, in a process of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';

const a = { version: '1.0.0', integrity: 'sha512-a' };
const lock = { packages: { '': { dependencies: { a: '1.0.0' } }, 'node_modules/a': a } };
const manifest = { type: 'module', imports: { '#scripts/*': './scripts/*' }, dependencies: { a: '1.0.0' } };

/** A checkout with this package.json and these installed packages. */
function checkout({ wanted = manifest, packages = { 'node_modules/a': a } as object } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'install-'));
  const write = (file: string, content: unknown) =>
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  for (const path of ['scripts/install', 'node_modules']) mkdirSync(join(folder, path), { recursive: true });
  const ours = ['install', 'lockfile', 'node-choice', 'one-at-a-time', 'overrides', 'start-child', 'with-parent'].map(
    (name) => `install/${name}.mjs`,
  );
  for (const file of ['run.mjs', ...ours]) cpSync(join('scripts', file), join(folder, 'scripts', file));
  write('scripts/hello.ts', "const text: string = 'hello'; console.log(text, process.execPath);");
  write('package.json', wanted);
  write('package-lock.json', lock);
  write('node_modules/.installed-from', createHash('sha256').update(JSON.stringify(lock)).digest('hex'));
  write('node_modules/.package-lock.json', { packages });
  return folder;
}

/** Runs a script in such a checkout. */
function start(how?: Parameters<typeof checkout>[0]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', 'hello'], {
    cwd: checkout(how),
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

/** What a process says and how it ends; `line` waits until it has said something. */
function heard(child: ChildProcess) {
  let said = '';
  const more = (text: Buffer) => {
    said += text;
    child.emit('said');
  };
  child.stdout?.on('data', more);
  child.stderr?.on('data', more);
  const ended = once(child, 'close');
  const line = async (expected: RegExp) => {
    while (!expected.test(said)) await once(child, 'said');
  };
  return { line, ended: async () => ({ code: (await ended)[0], said }) };
}

/** A program that notes that it has run, and does `last` once the file `go` is there; it is no module of ours. */
const program = (last: string) => `const fs = process.getBuiltinModule('node:fs');
  fs.appendFileSync('made', 'x');
  const timer = setInterval(() => {
    if (!fs.existsSync('go')) return;
    clearInterval(timer);
    ${last}
  }, 20);`;

it('installs once when two start at the same moment, and the second waits', async () => {
  const folder = checkout({ packages: {} });
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(folder, 'node_modules/.installed-from'), 'another lockfile');
  const packages = JSON.stringify({ packages: { 'node_modules/a': a } });
  const noting = `fs.writeFileSync('node_modules/.package-lock.json', ${JSON.stringify(packages)});`;
  const npm = `#!${process.execPath}\n${program(noting)}`;
  writeFileSync(join(bin, 'npm'), npm);
  chmodSync(join(bin, 'npm'), 0o755);
  const run = () =>
    heard(
      spawn(process.execPath, ['scripts/run.mjs', 'hello'], {
        cwd: folder,
        env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
      }),
    );
  const first = run();
  await first.line(/Installing/);
  const second = run();
  await second.line(/Waiting for process \d+, which is installing/);
  writeFileSync(join(folder, 'go'), '');
  for (const one of [first, second])
    expect(await one.ended()).toEqual({ code: 0, said: expect.stringMatching(/hello/) });
  expect(readFileSync(join(folder, 'made'), 'utf8')).toBe('x');
});

it('generates once when two start at the same moment, and the second waits', async () => {
  const folder = checkout();
  for (const path of [
    'prisma',
    'node_modules/prisma/build',
    'scripts/definitions',
    'scripts/machine',
    'lib/fhir/definition',
  ]) {
    mkdirSync(join(folder, path), { recursive: true });
  }
  for (const file of ['scripts/prepare.ts', 'scripts/machine/after-others.ts']) cpSync(file, join(folder, file));
  writeFileSync(join(folder, 'scripts/definitions/write.ts'), '');
  writeFileSync(join(folder, 'node_modules/prisma/build/index.js'), program(''));
  const script = "import('./scripts/prepare.ts').then((prepare) => prepare.ensureGenerated())";
  const run = () => heard(spawn(process.execPath, ['-e', script], { cwd: folder }));
  const first = run();
  await first.line(/Generating/);
  const second = run();
  await second.line(/Waiting for process \d+, which is generating/);
  writeFileSync(join(folder, 'go'), '');
  for (const one of [first, second]) expect((await one.ended()).code).toBe(0);
  expect(readFileSync(join(folder, 'made'), 'utf8')).toBe('x');
});
