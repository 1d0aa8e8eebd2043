/** Runs before all tests on PostgreSQL: starts a server with a migrated template, which every test file copies. */
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { connect } from '#lib/data/database/database.ts';
import { applyMigrations } from '#lib/data/database/migration/apply.ts';
import { startPostgres } from '#scripts/machine/postgres.ts';
import { sharedByProjects } from './shared.ts';

export default async function setup(project: TestProject) {
  const { made, release } = await sharedByProjects('postgres', startMigrated);
  project.provide('database', { kind: 'postgres', server: made.url });
  return release;
}

async function startMigrated() {
  const server = await startPostgres({ fsync: 'off' });
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query('CREATE DATABASE migrated');
  await client.end();
  const template = new URL('/migrated', server.url).href;
  const { ownTransaction, close } = connect(template);
  await applyMigrations({ ownTransaction });
  await close();
  return { url: server.url, remove: () => server.stop() };
}
