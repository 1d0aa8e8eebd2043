import { expect, it } from 'vitest';
import { applyMigrations } from '../database/migration/apply.ts';
import { databaseBefore } from '../tests/before-migration.ts';

it('counts every app that has registered itself already as used, and no other', async () => {
  const { driver, ownTransaction, prisma, close } = await databaseBefore('20261129152000');
  const run = (text: string) => driver.send({ text, values: [], prepared: false });
  await run(`INSERT INTO sandbox (id, slug, name) VALUES (1, 'ward', 'Ward')`);
  await run(`INSERT INTO client (sandbox_id, client_id, name, scope, type, dynamic, updated_at, created_at) VALUES
    (1, 'self', 'Self', '', 'public', true, '2026-01-02', '2026-01-01'),
    (1, 'made', 'Made', '', 'public', false, '2026-01-02', '2026-01-01')`);
  await applyMigrations({ ownTransaction });
  const clients = await prisma.client.findMany({ orderBy: { clientId: 'asc' } });
  await close();
  expect(clients.map(({ clientId, usedAt }) => [clientId, usedAt !== null])).toEqual([
    ['made', false],
    ['self', true],
  ]);
});
