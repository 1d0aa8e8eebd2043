/** Runs the command from outside, in a copy of what it reads. */
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '#scripts/prepare.ts';

const root = mkdtempSync(join(tmpdir(), 'ehr-sandbox-new-migration-'));
const read = (pattern: string) =>
  globSync(pattern, { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8'));

beforeAll(async () => {
  for (const folder of ['node_modules', 'scripts']) symlinkSync(resolve(folder), join(root, folder));
  for (const file of ['package-lock.json', 'prisma/migrations']) cpSync(file, join(root, file), { recursive: true });
  mkdirSync(join(root, 'lib/fhir/definition'), { recursive: true });
  cpSync('lib/fhir/definition/prebuilt.ts', join(root, 'lib/fhir/definition/prebuilt.ts'));
  const schema = readFileSync('prisma/schema.prisma', 'utf8');
  writeFileSync(
    join(root, 'prisma/schema.prisma'),
    schema.replace('model Secret {', 'model Secret {\n  madeUp String? @map("made_up")\n'),
  );
  await run([resolve('scripts/new-migration.ts'), 'add_made_up'], {}, root);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('writes the difference, and nothing else', () => {
  expect(read('prisma/migrations/*_add_made_up/migration.sql')).toEqual([
    '-- AlterTable\nALTER TABLE "secret" ADD COLUMN     "made_up" TEXT;\n',
  ]);
});

it('generates the client, so that the compiler knows the new column', () => {
  expect(read('prisma/generated/models/Secret.ts').join()).toContain('madeUp');
});
