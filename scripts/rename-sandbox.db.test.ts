/** Tests the command from outside: its output and exit code, and what it leaves. What ends is tested in lib/data/sandbox. */
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DatabaseForProcesses, databaseForProcesses } from '#lib/data/database/tests/for-processes.ts';

let database: DatabaseForProcesses;
beforeAll(async () => {
  database = await databaseForProcesses();
  await database.use(({ prisma }) => prisma.sandbox.create({ data: { slug: '404', name: 'Lakeside' } }));
});
afterAll(() => database.remove());

function command(...args: string[]) {
  const env = { ...process.env, ...database.variables };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/rename-sandbox.ts', ...args], { env });
  return { status, printed: `${stdout}${stderr}` };
}

it('gives a sandbox another address, and leaves a trace in its log and in that of the server', async () => {
  const { status, printed } = command('404', 'lakeside');
  expect({ status, printed }).toMatchObject({ status: 0, printed: expect.stringContaining('/lakeside/fhir') });
  const { id, logs } = await database.use(async ({ prisma }) => ({
    ...(await prisma.sandbox.findUniqueOrThrow({ where: { slug: 'lakeside' } })),
    logs: await prisma.auditEvent.findMany({ orderBy: { sandboxId: 'asc' } }),
  }));
  const event = {
    interaction: 'sandbox',
    action: 'U',
    clientId: 'command:rename-sandbox',
    query: expect.stringContaining('before=404'),
  };
  expect(logs).toMatchObject([0, id].map((sandboxId) => ({ ...event, sandboxId })));
});

it('says how it is called', () => {
  expect(command('one')).toMatchObject({ status: 2, printed: expect.stringContaining('-- OLD NEW') });
});
