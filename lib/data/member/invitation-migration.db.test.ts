import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, expect, inject, it } from 'vitest';
import { type Connection, connect, connectEmbedded } from '../database/database.ts';
import { applyMigrations } from '../database/migration/apply.ts';

const folder = mkdtempSync(join(tmpdir(), 'migrations-before-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A database without any migration. */
async function emptyDatabase(): Promise<Connection> {
  const given = inject('database');
  if (given.kind === 'pglite') return connectEmbedded();
  const name = `invitations_${process.pid}_${Date.now()}`;
  const client = new Client({ connectionString: given.server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return connect(new URL(`/${name}`, given.server).href);
}

it('gives each open invitation to the account that had the name when it was made, and to nobody who got it later', async () => {
  cpSync('prisma/migrations', folder, { recursive: true });
  for (const name of readdirSync(folder).filter((one) => one >= '20261129115027')) {
    if (name.startsWith('2')) rmSync(join(folder, name), { recursive: true });
  }
  const { driver, ownTransaction, prisma, close } = await emptyDatabase();
  await applyMigrations({ ownTransaction }, { folder });
  const run = (text: string) => driver.send({ text, values: [], prepared: false });
  await run(`INSERT INTO sandbox (id, slug, name) VALUES (1, 'ward', 'Ward')`);
  await run(`INSERT INTO "user" (id, username, name, password_hash, created_at) VALUES
    ('ann', 'ann', 'Ann', '', '2026-01-01'), ('mallory', 'bob', 'Mallory', '', '2026-01-03')`);
  await run(`INSERT INTO invitation (sandbox_id, username, role, invited_by, created_at) VALUES
    (1, 'ann', 'admin', 'Ada', '2026-01-02'), (1, 'bob', 'admin', 'Ada', '2026-01-02'),
    (1, 'nobody', 'admin', 'Ada', '2026-01-02')`);
  await applyMigrations({ ownTransaction });
  const invitations = await prisma.invitation.findMany({ orderBy: { username: 'asc' } });
  await close();
  expect(invitations.map(({ username, userId }) => [username, userId])).toEqual([
    ['ann', 'ann'],
    ['bob', null],
    ['nobody', null],
  ]);
});
