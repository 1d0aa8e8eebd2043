import { afterEach, beforeEach, expect, it, type MockInstance, vi } from 'vitest';
import { env } from '#lib/env.ts';
import { log } from '#lib/log/log.ts';
import { connection, database } from '../database/database.ts';
import { execute, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { forgetUsage, requireRoom, SandboxFull, usageCounted } from './usage.ts';

const usual = { ...env().limits };
const one = { resources: 1, bytes: 10 };
const hour = 60 * 60_000;
let sandboxId: number;
let told: MockInstance<typeof log.error>;

beforeEach(async () => {
  await database().sandbox.deleteMany();
  const data = { slug: 'ward', name: 'Ward' };
  sandboxId = (await database().sandbox.create({ data, select: { id: true } })).id;
  // Another file of this process had a sandbox of this number in a database of its own.
  forgetUsage(sandboxId);
  told = vi.spyOn(log, 'error').mockImplementation(() => {});
});
afterEach(async () => {
  await usageCounted();
  forgetUsage(sandboxId);
  Object.assign(env().limits, usual);
  vi.restoreAllMocks();
});

const write = (repeatable = true) => inTransaction(() => requireRoom(sandboxId, one), { repeatable });
const after = (milliseconds: number) => vi.spyOn(Date, 'now').mockReturnValue(performance.timeOrigin + milliseconds);

async function store(ids: string[]): Promise<void> {
  const columns = { sandboxId, resourceType: 'Patient', digest: '', content: '{}', lastUpdated: new Date() };
  await database().resource.createMany({ data: ids.map((id) => ({ ...columns, id, versionId: 1, patients: [] })) });
}

it('a count that fails is logged, and tried again after some minutes instead of with the next write', async () => {
  await execute(sql`ALTER TABLE resource_version RENAME TO resource_version_away`);
  try {
    for (const minutes of [0, 1, 4, 6]) {
      after(hour + minutes * 60_000);
      await write();
      await usageCounted();
      expect(told).toHaveBeenCalledTimes(minutes < 6 ? 1 : 2);
    }
    expect(told.mock.calls[0]?.[1]).toMatchObject({ sandboxId });
  } finally {
    await execute(sql`ALTER TABLE resource_version_away RENAME TO resource_version`);
  }
});

it('a count for which the database has no time, as while a sandbox is being loaded, is told by nobody', async () => {
  const { prisma } = connection();
  const begin = prisma.$transaction.bind(prisma);
  const late = Object.assign(new Error('Unable to start a transaction in the given time.'), { code: 'P2028' });
  // The second one is that of the count.
  const begun = vi
    .spyOn(prisma, '$transaction')
    .mockImplementationOnce(begin as never)
    .mockRejectedValue(late);
  await write();
  await usageCounted();
  expect(begun.mock.calls.length).toBeGreaterThan(1);
  expect(told).not.toHaveBeenCalled();
});

it('the last figure stays in use while counting fails', async () => {
  env().limits.sandboxResources = 2;
  await store(['a', 'b']);
  after(hour);
  await write();
  await usageCounted();
  await execute(sql`ALTER TABLE resource_version RENAME TO resource_version_away`);
  try {
    for (const at of [2, 3]) {
      after(at * hour);
      await expect(write()).rejects.toThrow(SandboxFull);
    }
    expect(told).toHaveBeenCalledTimes(2);
  } finally {
    await execute(sql`ALTER TABLE resource_version_away RENAME TO resource_version`);
  }
});

it('before a refusal is counted outside the transaction of who writes, which then is tried once more', async () => {
  env().limits.sandboxResources = 2;
  await store(['a', 'b']);
  after(hour);
  await write();
  await usageCounted();
  await database().resource.deleteMany({ where: { sandboxId } });
  after(2 * hour);
  await expect(write(false)).rejects.toThrow(SandboxFull);
  await usageCounted();
  await store(['a', 'b']);
  await write();
  after(3 * hour);
  await write();
  await usageCounted();
  await database().resource.deleteMany({ where: { sandboxId } });
  after(4 * hour);
  await write();
  expect(told).not.toHaveBeenCalled();
});
