/** Measures the import command: a folder like Synthea's into an empty sandbox, in its own process. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { connect } from '#lib/data/database/database.ts';
import { applyMigrations } from '#lib/data/database/migration/apply.ts';
import { type PostgresServer, startPostgres } from '#scripts/machine/postgres.ts';
import { writeSyntheaFolder } from '#scripts/synthea/folder.ts';

/** Results of one import. */
export interface ImportFigures {
  resources: number;
  bytes: number;
  seconds: number;
  perSecond: number;
  /** Peak resident memory of the importing process, in megabytes. */
  peakRssMb: number;
  /** CPU time of the importing process, which depends less on other load than elapsed time does. */
  cpuSeconds: number;
}

/**
 * Imports `bundles` patient files of about 1.1 MB each into a new database on `postgres`. Writes and removes the files;
 * measures the whole command, from start to end.
 * @throws Error with the command's output if it fails or anything is missing afterwards
 */
export async function measureImport(postgres: Pick<PostgresServer, 'url'>, bundles = 100): Promise<ImportFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'ehr-sandbox-import-'));
  try {
    const { resources, bytes } = writeSyntheaFolder(folder, { bundles });
    const url = await emptySandbox(postgres.url);
    const began = performance.now();
    const used = await runCommand(folder, url);
    const seconds = (performance.now() - began) / 1000;
    await expectAll(url, resources);
    return { resources, bytes, seconds, perSecond: resources / seconds, ...used };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the measurement on a new PostgreSQL server, and prints the figures. */
export async function importAlone(bundles: number): Promise<void> {
  const postgres = await startPostgres();
  try {
    printImport(await measureImport(postgres, bundles));
  } finally {
    await postgres.stop();
  }
}

export function printImport({ resources, bytes, seconds, perSecond, peakRssMb, cpuSeconds }: ImportFigures): void {
  const size = `${resources} resources (${Math.round(bytes / 1024 / 1024)} MB)`;
  console.log(`\nImport of ${size}: ${seconds.toFixed(1)} s, ${Math.round(perSecond)} a second`);
  console.log(`The importing process: at most ${Math.round(peakRssMb)} MB, ${cpuSeconds.toFixed(1)} s of CPU`);
}

async function emptySandbox(server: string): Promise<string> {
  const name = `import_${Date.now()}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(`/${name}`, server).href;
  const { ownTransaction, prisma, close } = connect(url);
  await applyMigrations({ ownTransaction });
  await prisma.sandbox.create({ data: { slug: 'bench', name: 'Bench' } });
  await close();
  return url;
}

/** The flags of `npm run import`. */
const flags = ['--max-old-space-size=448'];

/** @returns memory and CPU time as the process itself reports them at its end */
async function runCommand(folder: string, url: string): Promise<Pick<ImportFigures, 'peakRssMb' | 'cpuSeconds'>> {
  const report = 'writeSync(3,JSON.stringify(process.resourceUsage()))';
  const reporter = `data:text/javascript,import{writeSync}from"node:fs";process.on("exit",()=>${report})`;
  const child = spawn(
    process.execPath,
    [...flags, '--import', reporter, 'scripts/import.ts', '--sandbox', 'bench', folder],
    {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, DATABASE_URL: url, NODE_ENV: 'production' },
    },
  );
  let printed = '';
  let used = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (printed += chunk));
  child.stdio[3]?.on('data', (chunk) => (used += chunk));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`The import ended with code ${code}:\n${printed}`);
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(used) as NodeJS.ResourceUsage;
  return { peakRssMb: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 };
}

async function expectAll(url: string, resources: number): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM resource');
  await client.end();
  if (rows[0]?.count !== resources) throw new Error(`${rows[0]?.count} of ${resources} resources are in.`);
}
