/** Runs before all tests on PostgreSQL: starts a server with a migrated template, which every test file copies. */
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { connect } from '#lib/data/database/database.ts';
import { applyMigrations } from '#lib/data/database/migration/apply.ts';
import { startPostgres } from '#scripts/machine/postgres.ts';

export default async function setup(project: TestProject) {
  const server = await startPostgres({ fsync: 'off' });
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query('CREATE DATABASE migrated');
  await client.end();
  const template = new URL('/migrated', server.url).href;
  const { ownTransaction, close } = connect(template);
  await applyMigrations({ ownTransaction });
  await close();
  project.provide('database', { kind: 'postgres', server: server.url });
  return () => server.stop();
}
