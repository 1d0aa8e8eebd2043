import { expect, it } from 'vitest';
import { applyMigrations } from '../database/migration/apply.ts';
import { databaseBefore } from '../tests/before-migration.ts';

it('gives each open invitation to the account that had the name when it was made, and to nobody who got it later', async () => {
  const { driver, ownTransaction, prisma, close } = await databaseBefore('20261129115027');
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
