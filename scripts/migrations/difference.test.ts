import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openEmbedded } from '#lib/data/database/driver/pglite.ts';
import { diffSchema } from './difference.ts';

it('leaves nothing to do for a new migration: the schema says what the migrations make', async () => {
  const { adapter, close } = openEmbedded();
  const difference = await diffSchema(adapter, readFileSync('prisma/schema.prisma', 'utf8'));
  await close();
  expect(difference.trim()).toBe('-- This is an empty migration.');
});
