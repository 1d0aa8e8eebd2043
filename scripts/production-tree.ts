/**
 * `node scripts/production-tree.ts FOLDER`: makes what a server needs and nothing else, as a container would ship it:
 * the sources, the build, and the packages that are not bundled into the build. `npm start` runs it on the Node that
 * is there.
 */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { ensureBuilt, ensureGenerated } from '#scripts/prepare.ts';

/** Megabytes that the packages may take, the Node that runs them included. */
const maxMegabytes = 450;

const shipped = [
  'app',
  'components',
  'lib',
  'prisma',
  'public',
  'scripts',
  '.next',
  'next.config.mjs',
  'instrumentation.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  'LICENSE',
  'NOTICE',
];

/** Of packages that serve every database and every way of working, what ours never loads. */
const unused = [
  '@prisma/client/runtime/query_compiler_*.{mysql,sqlite,sqlserver,cockroachdb}.*',
  '@prisma/client/runtime/query_compiler_small_*',
  '{@prisma/client,@electric-sql/pglite,@medplum/core,@opentelemetry/*}/**/*.map',
];

const [folder] = process.argv.slice(2);
if (!folder || existsSync(folder)) {
  console.error('Usage: node scripts/production-tree.ts FOLDER, which must not be there yet.');
  process.exit(2);
}
const target = resolve(folder);
await ensureGenerated();
await ensureBuilt();
const copying = { recursive: true, verbatimSymlinks: true, filter: isShipped };
for (const path of shipped) cpSync(path, join(target, path), copying);
install();
const packages = join(target, 'node_modules');
for (const file of globSync(unused, { cwd: packages })) rmSync(join(packages, file));
const node = onDisk(process.execPath) / 1_048_576;
const sizes = { node_modules: megabytes(packages), Node: node, '.next': megabytes(join(target, '.next')) };
for (const [name, size] of Object.entries(sizes)) console.log(`${name.padEnd(14)}${Math.round(size)} MB`);
const total = sizes.node_modules + sizes.Node;
if (total > maxMegabytes) {
  console.error(`The packages and Node take ${Math.round(total)} MB, ${maxMegabytes} at most.`);
  process.exit(1);
}

/** Tests stay behind, and what building keeps for the next build. */
function isShipped(path: string): boolean {
  const inside = relative('.', path);
  return !/^\.next\/(cache|dev|types|diagnostics)(\/|$)|\.test\.tsx?$/.test(inside);
}

/** The stamp tells `npm start` that there is nothing to install. Nothing that is left runs a script of its own. */
function install(): void {
  const options = ['--omit=dev', '--omit=optional', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund'];
  execFileSync('npm', ['install', ...options, '--loglevel=error'], { cwd: target, stdio: 'inherit' });
  const hash = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  writeFileSync(join(target, 'node_modules/.installed-from'), hash);
}

function megabytes(path: string): number {
  const files = globSync('**/*', { cwd: path, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + onDisk(join(parentPath, name)), 0) / 1_048_576;
}

/** Small files take a whole block each, as `du` counts them. */
function onDisk(file: string): number {
  return lstatSync(file).blocks * 512;
}
