import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { database } from '../database/database.ts';
import { execute, name as raw, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { createSandbox } from '../seed/new-sandboxes.ts';
import { findSettings } from './settings.ts';

async function requires(slug: string): Promise<boolean> {
  const { id } = await database().sandbox.findUniqueOrThrow({ where: { slug } });
  return (await findSettings(id)).orchestrateScope;
}

async function made(orchestrateScopeRequired?: boolean): Promise<string> {
  const slug = `s-${randomUUID().slice(0, 8)}`;
  const maker = await database().user.create({ data: { username: slug, name: slug, passwordHash: 'none' } });
  const definition = { slug, name: slug, users: [], clients: [], launchLifetimeSeconds: 300, orchestrateScopeRequired };
  await createSandbox({ ...definition, data: [], total: 0 }, { maker: maker.id, now: new Date() });
  return slug;
}

it.each([
  [undefined, true],
  [true, true],
  [false, false],
])('a new sandbox whose definition says %s requires smart/orchestrate_launch: %s', async (said, expected) => {
  expect(await requires(await made(said))).toBe(expected);
});

it('a sandbox from before the default keeps its setting', async () => {
  const [path = ''] = globSync('prisma/migrations/*_orchestrate_launch_required/migration.sql');
  const migration = readFileSync(path, 'utf8');
  const slug = `s-${randomUUID().slice(0, 8)}`;
  const undone = new Error('undone');
  const work = inTransaction(async () => {
    await execute(sql`ALTER TABLE sandbox ALTER COLUMN orchestrate_scope SET DEFAULT false`);
    await execute(sql`INSERT INTO sandbox (slug, name) VALUES (${slug}, ${slug})`);
    await execute(sql`${raw(migration)}`);
    expect(await requires(slug)).toBe(false);
    throw undone;
  });
  await expect(work).rejects.toBe(undone);
});
