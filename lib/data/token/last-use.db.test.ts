import { beforeEach, expect, it, vi } from 'vitest';
import { log } from '#lib/log/log.ts';
import { connection, database } from '../database/database.ts';
import { usesNoted } from '../last-use.ts';
import { noteUse } from './last-use.ts';

let sandboxId: number;
const used = () =>
  database()
    .grantContext.findUniqueOrThrow({ where: { grantId: 'g' } })
    .then((row) => row.lastUsedAt);
const start = Date.parse('2030-01-01T10:00:00Z');

beforeEach(async () => {
  await database().sandbox.deleteMany();
  sandboxId = (await database().sandbox.create({ data: { slug: 'used', name: 'Used' } })).id;
  const data = { grantId: 'g', sandboxId, clientId: 'a', context: {}, lastUsedAt: new Date(start) };
  await database().grantContext.create({ data });
});

it('is kept to the minute, whether or not the caller knows the last one', async () => {
  noteUse(sandboxId, { grantId: 'g', lastUsedAt: new Date(start) }, start + 59_000);
  noteUse(sandboxId, { grantId: 'g' }, start + 59_000);
  await usesNoted();
  expect(await used()).toEqual(new Date(start));
  noteUse(sandboxId, { grantId: 'g', lastUsedAt: new Date(start) }, start + 60_000);
  await usesNoted();
  expect(await used()).toEqual(new Date(start + 60_000));
  noteUse(sandboxId, { grantId: 'g', lastUsedAt: new Date(start) }, start + 61_000);
  await usesNoted();
  expect(await used()).toEqual(new Date(start + 60_000));
});

it('is written once when many come at the same moment', async () => {
  const write = vi.spyOn(connection().driver, 'send');
  for (let request = 0; request < 20; request += 1) noteUse(sandboxId, { grantId: 'g' }, start + 60_000);
  await usesNoted();
  expect(write).toHaveBeenCalledTimes(1);
  expect(await used()).toEqual(new Date(start + 60_000));
  write.mockRestore();
});

it('belongs to one sandbox', async () => {
  noteUse(sandboxId + 1, { grantId: 'g' }, start + 60_000);
  noteUse(sandboxId, undefined, start + 60_000);
  await usesNoted();
  expect(await used()).toEqual(new Date(start));
});

it('is logged, and nothing worse, when it cannot be written', async () => {
  const logged = vi.spyOn(log, 'error').mockImplementation(() => {});
  noteUse(sandboxId, { grantId: '\0' }, start);
  await usesNoted();
  expect(logged).toHaveBeenCalledOnce();
  logged.mockRestore();
});
