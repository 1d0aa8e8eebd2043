/** Runs the commands of the page about importing and exporting, with folders of our own in the place of the reader's. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DatabaseForProcesses, databaseForProcesses } from '#lib/data/database/tests/for-processes.ts';
import { commandsOf } from '#scripts/papers/commands.ts';
import { readPapers } from '#scripts/papers/papers.ts';
import { writeSyntheaFolder } from '#scripts/synthea/folder.ts';

const root = mkdtempSync(join(tmpdir(), 'ehr-sandbox-papers-'));
const folders: Record<string, string> = {
  '~/synthea/output/fhir': join(root, 'synthea'),
  exported: join(root, 'exported'),
};
const page = readPapers().find(({ file }) => file === 'docs/guide/import-and-export.md');
const commands = page ? commandsOf(page).filter(({ args }) => args.length > 1) : [];
let database: DatabaseForProcesses;

beforeAll(async () => {
  writeSyntheaFolder(folders['~/synthea/output/fhir'] ?? '', { bundles: 2, resourcesPerBundle: 5 });
  database = await databaseForProcesses();
  await database.use(({ prisma }) => prisma.sandbox.create({ data: { slug: 'demo', name: 'Demo' } }));
});
afterAll(() => {
  database.remove();
  rmSync(root, { recursive: true, force: true });
});

it('there are two, first the import', () => {
  expect(commands.map(({ script }) => script)).toEqual(['import', 'export']);
});

it.each(commands)('npm run $script does what it says', ({ script, args }) => {
  const known = args.map((arg) => folders[arg] ?? arg);
  const { status, stderr, stdout } = spawnSync(process.execPath, [`scripts/${script}.ts`, ...known], {
    env: { ...process.env, ...database.variables },
    encoding: 'utf8',
  });
  expect([status, stderr, stdout]).toEqual([0, expect.any(String), expect.stringMatching(/[1-9]\d* resources/)]);
});

it('and what was imported is exported, a file for each type', () => {
  const exported = readdirSync(folders.exported ?? '');
  expect(exported).toContain('Patient.ndjson');
  const [line = ''] = readFileSync(join(folders.exported ?? '', 'Patient.ndjson'), 'utf8').split('\n');
  expect(JSON.parse(line)).toMatchObject({ resourceType: 'Patient' });
});
