/** Generates and builds what is stale, by a fingerprint of the files it is made from. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { oneAtATime } from '#scripts/install/one-at-a-time.mjs';
import { startChild } from '#scripts/install/start-child.mjs';
import { afterOthers } from '#scripts/machine/after-others.ts';

/** Generates what sources import or read: Prisma's client, and the part of the FHIR definitions that the server needs. */
export async function ensureGenerated(): Promise<void> {
  await ensureClient();
  await ensureDefinitions();
}

async function ensureClient(): Promise<void> {
  await unlessFresh('prisma/generated/.made-from', ['prisma/schema.prisma', 'package-lock.json'], async () => {
    console.log('• Generating the database client');
    // The CLI insists on an engine that generating does not use; naming any file keeps it from downloading one.
    await run(['node_modules/prisma/build/index.js', 'generate'], { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath });
  });
}

async function ensureDefinitions(): Promise<void> {
  const folder = 'lib/fhir/definition/generated';
  const sources = ['scripts/definitions/*.ts', 'lib/fhir/definition/prebuilt.ts', 'package-lock.json'];
  await unlessFresh(join(folder, '.made-from'), sources, async () => {
    console.log('• Reading the FHIR definitions');
    await run(['scripts/definitions/write.ts', folder]);
  });
}

/** Builds the Next.js app when any source changed. */
export async function ensureBuilt(): Promise<void> {
  const sources = [
    '{app,components,lib,public}/**/*',
    'prisma/{generated,seed}/**/*',
    'next.config.mjs',
    'instrumentation.ts',
    'postcss.config.mjs',
    'package-lock.json',
    'tsconfig.json',
  ];
  await unlessFresh(join(distDir(), '.made-from'), sources, async () => {
    console.log('• Building the app (once for each change of the sources; a minute or two)');
    const tell = () => console.log('• Waiting for another build in this folder');
    const variables = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
    await afterOthers(() => run(['node_modules/next/dist/bin/next', 'build'], variables), { tell });
  });
}

function distDir(): string {
  return process.env.NEXT_DIST_DIR ?? '.next';
}

async function unlessFresh(stamp: string, sources: string[], make: () => Promise<void>): Promise<void> {
  const wanted = fingerprint(sources);
  const isFresh = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (isFresh()) return;
  const makeOnce = async () => {
    // Another start may have made it while this one waited.
    if (isFresh()) return;
    await make();
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, wanted);
  };
  const waiting = (pid: number) =>
    console.log(`• Waiting for process ${pid}, which is generating or building in this folder`);
  await oneAtATime('node_modules/.preparing', makeOnce, { waiting });
}

function fingerprint(patterns: string[]): string {
  const hash = createHash('sha256');
  const files = globSync(patterns, { withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/\.made-from$|\.test\.tsx?$/.test(path));
  for (const path of paths.sort()) hash.update(`${path}\0`).update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

/** Runs a program on this Node in `cwd`, which ends with this process, and shows what it printed only when it failed. */
export async function run(args: string[], variables: Record<string, string> = {}, cwd = process.cwd()): Promise<void> {
  const child = startChild(process.execPath, args, { cwd, env: { ...process.env, ...variables } });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`${args[0]} ${args.slice(1).join(' ')} ended with code ${code}:\n${printed}`);
}
