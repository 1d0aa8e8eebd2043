/** Runs before all tests on the embedded database: migrates one in memory, of which every test file gets a copy. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openEmbedded } from '#lib/data/database/driver/pglite.ts';
import { applyMigrations } from '#lib/data/database/migration/apply.ts';

export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'ehr-sandbox-pglite-'));
  const { ownTransaction, pglite, close } = openEmbedded();
  await applyMigrations({ ownTransaction });
  const snapshot = join(folder, 'migrated.tar');
  writeFileSync(snapshot, Buffer.from(await (await pglite.dumpDataDir('none')).arrayBuffer()));
  await close();
  project.provide('database', { kind: 'pglite', snapshot });
  return () => rmSync(folder, { recursive: true, force: true });
}
