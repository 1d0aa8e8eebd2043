import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { database } from '../database/database.ts';
import { execute, sql } from '../database/sql.ts';
import { serverLog, writeAuditRecords } from './events.ts';

it('an event of an account stands in the log of every sandbox that it belongs to, however many', async () => {
  await database().auditEvent.deleteMany();
  const username = `u-${randomUUID()}`;
  const { id } = await database().user.create({ data: { username, name: 'Ann', passwordHash: '' } });
  const names = Array.from({ length: 120 }, () => `s-${randomUUID().slice(0, 8)}`);
  await database().sandbox.createMany({ data: names.map((slug) => ({ slug, name: slug })) });
  await execute(sql`INSERT INTO membership (sandbox_id, user_id, role)
    SELECT s.id, ${id}, 'clinician' FROM sandbox s WHERE s.slug = ANY(${names}::text[])`);
  const record = {
    id: randomUUID(),
    recorded: new Date(),
    interaction: 'sign-in',
    action: 'E' as const,
    outcome: 0 as const,
    status: 200,
    method: 'POST',
    path: 'sign-in',
    query: '',
    username,
    patients: [],
    patientsAll: 0,
    entities: [],
    entitiesAll: 0,
  };
  await writeAuditRecords([{ log: 'account', record }]);
  const written = await database().auditEvent.findMany({ select: { sandboxId: true } });
  expect(new Set(written.map(({ sandboxId }) => sandboxId)).size).toBe(121);
  expect(written).toContainEqual({ sandboxId: serverLog });
});
