/** Runs before all tests on the embedded database: migrates one in memory, of which every worker opens a copy. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openEmbedded } from '#lib/data/database/driver/pglite.ts';
import { applyMigrations } from '#lib/data/database/migration/apply.ts';
import { sharedByProjects } from './shared.ts';

export default async function setup(project: TestProject) {
  const { made, release } = await sharedByProjects('pglite', makeSnapshot);
  project.provide('database', { kind: 'pglite', snapshot: made.snapshot });
  return release;
}

async function makeSnapshot() {
  const folder = mkdtempSync(join(tmpdir(), 'ehr-sandbox-pglite-'));
  const { ownTransaction, pglite, close } = openEmbedded();
  await applyMigrations({ ownTransaction });
  const snapshot = join(folder, 'migrated.tar');
  writeFileSync(snapshot, Buffer.from(await (await pglite.dumpDataDir('none')).arrayBuffer()));
  await close();
  return { snapshot, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
