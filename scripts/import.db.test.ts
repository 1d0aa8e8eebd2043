/** Tests the command from outside: its output, its exit code, and the data after it was killed half-way. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type DatabaseForProcesses, databaseForProcesses } from '#lib/data/database/tests/for-processes.ts';
import { writeSyntheaFolder } from '#scripts/synthea/folder.ts';

const root = mkdtempSync(join(tmpdir(), 'ehr-sandbox-import-command-'));
const folder = join(root, 'synthea');
let database: DatabaseForProcesses;
let total: number;

beforeAll(async () => {
  total = writeSyntheaFolder(folder, { bundles: 10, resourcesPerBundle: 50 }).resources;
  database = await databaseForProcesses();
  await database.use(({ prisma }) => prisma.sandbox.create({ data: { slug: 'lakeside', name: 'Lakeside' } }));
});
afterAll(() => {
  database.remove();
  rmSync(root, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  printed: string;
}

/** Runs the command; kills it, without a chance to clean up, once its output matches `killAt`. */
function command(args: string[], killAt?: RegExp): Promise<Ended> {
  const child = spawn(process.execPath, ['scripts/import.ts', ...args], {
    env: { ...process.env, ...database.variables },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      printed += chunk;
      if (killAt?.test(printed)) child.kill('SIGKILL');
    });
  }
  return new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, printed })));
}

const import_ = (...paths: string[]) => command(['--sandbox', 'lakeside', ...paths]);

const counted = () =>
  database.use(async ({ prisma }) => {
    const noted = await prisma.importedPart.aggregate({ _sum: { resources: true } });
    return { stored: await prisma.resource.count(), noted: noted._sum.resources ?? 0 };
  });

it('killed in the middle, it has written whole files only, and goes on where it was', async () => {
  const killed = await command(['--sandbox', 'lakeside', folder], /[1-9]0 %/);
  expect(killed.signal, killed.printed).toBe('SIGKILL');
  const { stored, noted } = await counted();
  expect(stored).toBeGreaterThan(0);
  expect(stored).toBeLessThan(total);
  expect(noted).toBe(stored);
  const rest = await import_(folder);
  expect(rest.printed).toContain(`• ${total - stored} resources created, 0 updated, 0 unchanged`);
  expect(rest.code).toBe(0);
  expect(await counted()).toEqual({ stored: total, noted: total });
  const again = await import_(folder);
  expect(again.printed).toContain('• 0 resources created, 0 updated, 0 unchanged');
  expect(again.code).toBe(0);
}, 240_000);

it('names what is bad and ends with code 1, or 2 when it is not told what to do', async () => {
  mkdirSync(join(root, 'bad'));
  writeFileSync(join(root, 'bad/broken.json'), '{"resourceType": "Patient", "id": "x", "birthDate": "soon"}');
  const bad = await import_(join(root, 'bad'));
  expect(bad).toMatchObject({ code: 1 });
  expect(bad.printed).toMatch(/bad\/broken\.json \$: Patient\/x at Patient\.birthDate: /);
  expect(await import_(join(root, 'nowhere'))).toMatchObject({
    code: 1,
    printed: expect.stringMatching(/There is no .*nowhere/),
  });
  expect(await command(['--sandbox', 'nobody', folder])).toMatchObject({
    code: 1,
    printed: expect.stringContaining('There is no sandbox nobody.'),
  });
  expect(await command([folder])).toMatchObject({ code: 2 });
  expect(await command(['--sandbox', 'lakeside', '--wrong', folder])).toMatchObject({ code: 2 });
});

it.runIf(inject('database').kind === 'pglite')("says so when the embedded database is a running server's", async () => {
  await database.use(async ({ prisma }) => {
    await prisma.sandbox.count();
    const refused = await import_(folder);
    expect(refused.code).toBe(1);
    expect(refused.printed).toMatch(/is in use by process \d+\. Stop that process/);
  });
});
